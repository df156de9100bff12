// Brings a field of the form into view.

import { fieldElement } from "./beside_fields.js";

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** What scrolls the fields of the form. */
function scroller() {
  let element = document.querySelector("#nc-root .field[data-key-path]");
  while (element && !/auto|scroll/.test(getComputedStyle(element).overflowY)) element = element.parentElement;
  return element;
}

/** Scroll from a place in steps until ``found`` gives something or ``end`` is reached; returns what was found. */
async function scrollUntil(holder, place, end, found) {
  for (; holder && !found() && place < end(); place += holder.clientHeight / 2) {
    holder.scrollTop = place;
    await pause(80);
  }
  return found();
}

/**
 * Bring a field into view and put the keyboard on it. The form puts fields in place only when they come near, and
 * unfolds records when asked.
 * @param {string} field Its name, such as requirements.0.sources.
 */
export async function goTo(field) {
  const holder = scroller();
  const pane = document.querySelector(".pane[data-locale]");
  const payload = { locale: pane?.dataset.locale ?? "_default", keyPath: field };
  let element = await scrollUntil(holder, 0, () => holder.scrollHeight, () => fieldElement(field));
  while (element && element.dataset.keyPath !== field) {
    window.postMessage({ type: "highlight-editor-field", payload }, location.origin);
    await pause(200);
    const around = element;
    const inner = () => (fieldElement(field) === around ? null : fieldElement(field));
    const top = () => holder.scrollTop + around.getBoundingClientRect().top - holder.getBoundingClientRect().top;
    element = await scrollUntil(holder, top(), () => top() + around.offsetHeight, inner);
    if (!element) break;
  }
  element = fieldElement(field);
  element?.scrollIntoView({ block: "center" });
  const control = "input, textarea, [contenteditable=true], [role=combobox], button";
  element?.querySelector(".field-wrapper")?.querySelector(control)?.focus({ preventScroll: true });
}
