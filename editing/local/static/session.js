// What the page knows: language, loaded texts, problems, conflicts and drafts; tells listeners when it changes.

import { ask, Refused } from "./server.js";
import { WORDS } from "./words.js";

const LANGUAGE = "evreg.language";
const RESUMED = "evreg.resumed";
/** Where the form keeps what was typed and not saved: a store of a database named after the repository. */
const TYPING = "draft-backups";

const listeners = new Set();

export const session = {
  language: chosenLanguage(),
  /** Path -> the text from which the form's next save starts; null for a draft of a new entry. */
  bases: new Map(),
  /** Path -> problems as the server lists them; a path that was not checked is absent. */
  problems: new Map(),
  /** Path -> the save that met conflicts: its text and the fields. */
  conflicts: new Map(),
  /** Name of the form's database. */
  store: "",
  /** Drafts that were refused while this page was open: their text stands in the form. */
  inForm: new Set(),
  /** Whether pages of the entries are shown. */
  preview: false,
  /** Refused saves: path, text, base, kept. */
  drafts: [],
  /** Paths whose draft the form shows instead of the file. */
  resumed: new Set(),
  /** Fields, as «path field», that were typed into since they were checked. */
  edited: new Set(),
  /** True while the form holds something that was typed and not saved. */
  typed: false,
  /** What happened last; see tell(). */
  told: null,
  /** The last path that was saved or refused in a collection, for entries that have no address yet. */
  latest: new Map(),
};

export const words = () => WORDS[session.language];

/** Sentences one after another; Japanese has no spaces between them. */
export const joined = (sentences) => sentences.filter(Boolean).join(session.language === "ja" ? "" : " ");

/** One of two languages of a message of the server. */
export const inLanguage = (message) => message?.[session.language] ?? "";

export function onChange(listener) {
  listeners.add(listener);
}

export function changed() {
  for (const listener of listeners) listener();
}

/**
 * Say what happened.
 * @param {string | Function} text Words, or a function of the words of the page.
 * @param {"alarm" | "note" | "heard"} kind In red, as it is, or for screen readers only as others see it anyway.
 */
export function tell(text, kind = "note") {
  session.told = { text, kind };
  changed();
}

export function switchLanguage(language) {
  session.language = language;
  localStorage.setItem(LANGUAGE, language);
  document.documentElement.lang = language;
  changed();
}

/** Speak another language; the form's own labels follow when the page is loaded again, which nothing typed may stop. */
export function chooseLanguage(language) {
  if (language === session.language) return;
  switchLanguage(language);
  if (session.typed) tell((word) => word.labelsLater);
  else location.reload();
}

function chosenLanguage() {
  const kept = localStorage.getItem(LANGUAGE);
  if (kept in WORDS) return kept;
  const browser = navigator.language.slice(0, 2);
  return browser in WORDS ? browser : document.documentElement.lang;
}

/** Take over what the server has loaded; returns path -> text as the form shall see it. */
export function begin({ configuration, entries, drafts, preview }) {
  const wanted = new Set(JSON.parse(sessionStorage.getItem(RESUMED) ?? "[]"));
  sessionStorage.removeItem(RESUMED);
  const texts = new Map(Object.entries(entries));
  for (const [path, text] of texts) session.bases.set(path, text);
  const { name, repo } = configuration.backend;
  Object.assign(session, { drafts, preview, store: `${name}:${repo}` });
  for (const draft of drafts.filter(({ path }) => wanted.has(path))) {
    texts.set(draft.path, draft.text);
    session.bases.set(draft.path, draft.base);
    session.resumed.add(draft.path);
  }
  return texts;
}

/** Show a draft in the form: the page is loaded again with it in place of the file. */
export function resume(path) {
  sessionStorage.setItem(RESUMED, JSON.stringify([path]));
  location.reload();
}

const collectionOf = (path) => path.split("/")[2];

function forgetEdited(path) {
  for (const key of session.edited) if (key.startsWith(`${path} `)) session.edited.delete(key);
}

/** Save a text of the form; throws an Error whose message the form shows. */
export async function save(path, text, prefer) {
  session.latest.set(collectionOf(path), path);
  try {
    const answer = await ask("save", { path, text, base: session.bases.get(path) ?? null, prefer });
    saved(path, text, answer);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new Error(refused(path, text, error));
  }
}

function saved(path, text, { problems, merged }) {
  session.typed = false;
  session.bases.set(path, text);
  session.problems.set(path, problems);
  session.conflicts.delete(path);
  session.resumed.delete(path);
  session.drafts = session.drafts.filter((draft) => draft.path !== path);
  forgetEdited(path);
  const count = problems.length;
  tell((word) => joined([count ? word.savedWithWarnings(count) : word.saved, merged && word.merged]), merged ? "alarm" : "heard");
}

/** Remember why a save was refused; returns it in the reader's language. */
function refused(path, text, { status, told }) {
  if (told?.problems) session.problems.set(path, told.problems);
  if (told?.conflicts) session.conflicts.set(path, { text, fields: told.conflicts });
  if (told?.kept) {
    session.inForm.add(path);
    const kept = new Date().toISOString();
    const draft = { path, text, base: session.bases.get(path) ?? null, kept };
    session.drafts = [draft, ...session.drafts.filter((other) => other.path !== path)];
  }
  forgetEdited(path);
  const message = (word) => {
    if (!status) return joined([word.notSaved, word.unreachable, word.inForm]);
    const parts = [told?.found, told?.remedy].map(inLanguage);
    return joined([word.notSaved, ...parts, told?.kept ? word.kept : word.inForm]);
  };
  tell(message, "alarm");
  return message(words());
}

/** Write a draft as it is, or the form's text after a conflict was decided, and show the file as it is then. */
export async function saveAndReload(path, text, prefer) {
  try {
    await save(path, text, prefer);
    await forgetTyping(path);
    location.reload();
  } catch {
    changed(); // the refusal stands in the panel
  }
}

/** The form keeps typing that it has not saved itself, and would offer it again. */
function forgetTyping(path) {
  const [, , collection, ...rest] = path.split("/");
  const slug = rest.join("/").replace(/\.yaml$/, "");
  return new Promise((done) => {
    const request = indexedDB.open(session.store);
    request.onerror = done;
    request.onsuccess = () => {
      const stores = request.result.objectStoreNames;
      if (!stores.contains(TYPING)) return done();
      const deleting = request.result.transaction(TYPING, "readwrite");
      deleting.objectStore(TYPING).delete([collection, slug]);
      deleting.oncomplete = deleting.onabort = done;
    };
  });
}

export async function discardDraft(path) {
  await ask("discard", { path });
  session.drafts = session.drafts.filter((draft) => draft.path !== path);
  if (session.resumed.delete(path)) location.reload();
  changed();
}

/** Ask once for the problems that an entry has before anything is saved. */
export async function check(path) {
  if (session.problems.has(path) || !session.bases.has(path)) return;
  session.problems.set(path, []);
  const draft = session.resumed.has(path) && session.drafts.find((other) => other.path === path);
  try {
    const answer = await ask("check", draft ? { path, text: draft.text, base: draft.base } : { path });
    session.problems.set(path, answer.problems);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.told?.problems) session.problems.set(path, error.told.problems);
    if (error.told?.conflicts) session.conflicts.set(path, { text: draft.text, fields: error.told.conflicts });
  }
  changed();
}
