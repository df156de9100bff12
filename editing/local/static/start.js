// Loads the entries, puts them before the form as a folder, and starts the form.

import { followFields } from "./beside_fields.js";
import { checkoutFolder } from "./folder.js";
import { showPanel } from "./panel.js";
import { ask, Refused } from "./server.js";
import { begin, inLanguage, joined, save, session, switchLanguage, tell, words } from "./session.js";

const USER = "sveltia-cms.user";
const PREFERENCES = "sveltia-cms.prefs";
/** The form's names of the languages; the words of en-US lie in its program, where ours could not replace them. */
const LOCALES = { en: "en-GB", ja: "ja" };
/** Under this key the form keeps the folder that it works on. */
const FOLDER = "root_dir_handle";
const PROGRAM = "../form/npm/index.js";
const ENTRIES = "kb/entries/";

/** The form speaks the page's language, works on a folder without asking, and stays on an entry after saving. */
function prepareForm() {
  const preferences = JSON.parse(localStorage.getItem(PREFERENCES) ?? "{}");
  const kept = { closeOnSave: false, closeWithEscape: false, ...preferences, locale: LOCALES[session.language] };
  localStorage.setItem(PREFERENCES, JSON.stringify(kept));
  localStorage.setItem(USER, JSON.stringify({ backendName: "local" }));
}

/**
 * The folder that the form works on is the checkout: it finds it where browsers keep folders that were chosen before
 * (https://wicg.github.io/file-system-access/), and would get it from the dialog as well.
 */
function offerCheckout(texts) {
  const folder = checkoutFolder(texts, {
    save(path, text) {
      if (!path.startsWith(ENTRIES)) throw explained("entriesOnly");
      return save(path, text);
    },
    refuseMove: () => explained("noMove"),
    refuseRemoval: () => explained("noRemoval"),
  });
  const get = IDBObjectStore.prototype.get;
  IDBObjectStore.prototype.get = function (key) {
    const request = get.call(this, key);
    if (key === FOLDER) Object.defineProperty(request, "result", { value: folder });
    return request;
  };
  window.showDirectoryPicker = async () => folder;
}

function explained(name) {
  tell((word) => word[name], "alarm");
  return new Error(words()[name]);
}

async function start() {
  switchLanguage(session.language);
  tell((word) => word.loading);
  const loaded = await ask(`start?language=${session.language}`);
  prepareForm();
  offerCheckout(begin(loaded));
  session.told = null;
  showPanel(loaded.configuration);
  followFields();
  window.CMS_MANUAL_INIT = true;
  const { default: form } = await import(PROGRAM);
  form.init({ config: loaded.configuration });
}

start().catch((error) => {
  const refused = error instanceof Refused;
  const parts = refused ? [error.told?.found, error.told?.remedy].map(inLanguage) : [error.message];
  showPanel({ collections: [] });
  tell((word) => joined([word.failed, ...(refused && !error.status ? [word.unreachable] : parts)]), "alarm");
  if (!refused) throw error;
});
