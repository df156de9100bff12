// What both programs need to start: the reader's language, and the configuration with its shared options put in.

/** The language that the form speaks: the one chosen in its settings, else the browser's. */
export function language() {
  let chosen;
  try {
    chosen = JSON.parse(localStorage.getItem("sveltia-cms.prefs") ?? "{}").locale;
  } catch {
    // Storage may be closed to this page.
  }
  return (APP_LOCALE.test(chosen ?? "") ? chosen : navigator.language).startsWith("ja") ? "ja" : "en";
}

const APP_LOCALE = /^[a-z]{2}(-[A-Z]{2})?$/;

/** Whether the page was opened on the machine that serves it. */
export const local = /^(127\.0\.0\.1|(.+\.)?localhost)$/.test(location.hostname);

/** The configuration in a language. */
export async function configuration(name) {
  const response = await fetch(new URL(name, document.baseURI));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  const { form, options } = await response.json();
  for (const collection of form.collections) fill(collection.fields, options);
  return form;
}

// Options of many fields are the same hundreds of entries: they are sent once.
function fill(fields, shared) {
  for (const field of fields) {
    if (typeof field.options === "string") field.options = shared[field.options];
    if (field.fields) fill(field.fields, shared);
  }
}

/** Show one of the notes of the page. */
export function say(state) {
  document.body.dataset.state = state;
}
