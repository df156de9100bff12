import { configuration, language, local, say } from "./settings.js";

async function start() {
  if (!document.body.dataset.repository && !local) {
    say("elsewhere");
    return;
  }
  try {
    const spoken = language();
    document.documentElement.lang = spoken;
    const [form, { default: cms }] = await Promise.all([
      configuration(`configuration.${spoken}.json`),
      import("./sveltia/npm/index.js"),
    ]);
    form.logo = { src: new URL("../assets/mark.svg", document.baseURI).href };
    say("running");
    cms.init({ config: { ...form, load_config_file: false } });
  } catch (error) {
    console.error(error);
    say("broken");
  }
}

// An entry's id is its permanent address: the form shows it only while a new entry is made (see form.css).
function mark() {
  document.body.dataset.entry = location.hash.includes("/entries/") ? "old" : "new";
}

addEventListener("hashchange", mark);
mark();
start();
