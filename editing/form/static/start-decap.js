import { configuration, language, local, say } from "./settings.js";

async function start() {
  if (!document.body.dataset.repository && !local) {
    say("elsewhere");
    return;
  }
  try {
    const spoken = language();
    document.documentElement.lang = spoken;
    const form = await configuration(`configuration.${spoken}.json`);
    globalThis.CMS_MANUAL_INIT = true;
    await import("./decap/decap-cms.js");
    say("running");
    globalThis.CMS.init({ config: { ...form, load_config_file: false } });
  } catch (error) {
    console.error(error);
    say("broken");
  }
}

start();
