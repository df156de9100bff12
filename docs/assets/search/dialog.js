// The search of every page: a dialog with a combobox and its list (WAI-ARIA: focus stays in the field).

import { engines, fromOther } from "./engine.js";
import { counted, filled, make, resultLink, settled } from "./view.js";

const SHOWN = 6;
let opened = null;

/** Open the dialog; the first call builds it. */
export const openSearch = async (root) => {
  opened ??= build(root).catch((error) => {
    opened = null; // the next press tries again; without the index the full page tells where the lists are
    location.assign(new URL("search/", root));
    throw error;
  });
  const { dialog, input } = await opened;
  if (!dialog.open) dialog.showModal();
  input.focus();
  input.select();
};

const build = async (root) => {
  const loaded = await engines(root);
  const { words } = loaded;
  const list = make("div", { id: "ev-list", role: "listbox", class: "ev-results", "aria-label": words.results });
  const input = make("input", {
    class: "ev-search-input", type: "search", role: "combobox", maxlength: "200", autocomplete: "off", spellcheck: "false", enterkeyhint: "search",
    "aria-label": words.query, "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, placeholder: words.placeholder,
  });
  const close = make("button", { type: "button", class: "ev-search-close" }, words.close);
  const status = make("p", { class: "ev-search-status", role: "status" });
  const all = make("a", { class: "ev-search-all", href: new URL("search/", root).href }, words.all);
  const foot = make("p", { class: "ev-search-foot" }, make("span", { class: "ev-keys" }, words.keys), all);
  const dialog = make("dialog", { class: "ev-dialog md-typeset", "aria-label": words.search }, make("div", { class: "ev-search-bar" }, input, close), status, list, foot);
  document.body.append(dialog);
  const parts = { ...loaded, root, dialog, input, list, status, all };
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  const search = settled(90, (current) => show(parts, current));
  input.addEventListener("input", () => search());
  input.addEventListener("keydown", (event) => steer(event, parts));
  return parts;
};

const show = async (parts, current) => {
  const { own, other, otherLanguage, words, input, list, status, all, root } = parts;
  const text = input.value.trim();
  all.href = new URL(`search/${text ? `?q=${encodeURIComponent(text)}` : ""}`, root).href;
  if (!text) return empty(parts, "");
  status.textContent ||= words.busy;
  try {
    const answer = await own.search(text);
    const results = await answer.take(0, SHOWN);
    if (!current()) return;
    fill(parts, list, results);
    status.textContent = answer.total ? counted(words, answer.total) : filled(words.none, { q: text });
    const more = await fromOther(other, text, {}, results, answer.total);
    if (!current()) return;
    if (more.length) addOther(parts, more, otherLanguage);
    else if (!results.length) status.textContent += ` ${words.hint_none}`;
  } catch (error) {
    console.warn(error);
    empty(parts, words.failed);
  }
};

const empty = (parts, message) => {
  fill(parts, parts.list, []);
  parts.status.textContent = message;
};

const options = (parts) => [...parts.list.querySelectorAll("[role=option]")];

const option = (parts, result, number) => resultLink(result, parts.words, { role: "option", id: `ev-option-${number}`, tabindex: "-1", "aria-selected": "false" });

const fill = (parts, list, results) => {
  list.replaceChildren(...results.map((result, number) => option(parts, result, number)));
  list.scrollTop = 0;
  choose(parts, results.length ? 0 : -1);
};

const addOther = (parts, results, language) => {
  const heading = make("p", { class: "ev-search-other", id: "ev-other", role: "presentation" }, parts.words.other);
  const start = options(parts).length;
  const group = make("div", { role: "group", "aria-labelledby": "ev-other", "data-language": language }, ...results.map((result, number) => option(parts, result, start + number)));
  parts.list.append(heading, group);
  if (!start) choose(parts, 0);
};

const choose = (parts, number) => {
  const all = options(parts);
  all.forEach((item, index) => item.setAttribute("aria-selected", String(index === number)));
  parts.input.setAttribute("aria-expanded", String(all.length > 0));
  if (all[number]) parts.input.setAttribute("aria-activedescendant", all[number].id);
  else parts.input.removeAttribute("aria-activedescendant");
  all[number]?.scrollIntoView({ block: "nearest" });
};

const steer = (event, parts) => {
  if (event.isComposing) return; // Enter accepts a Japanese conversion
  const all = options(parts);
  const at = all.findIndex((item) => item.getAttribute("aria-selected") === "true");
  const steps = { ArrowDown: (at + 1) % all.length, ArrowUp: (at - 1 + all.length) % all.length };
  if (event.key === "Escape") {
    event.preventDefault(); // a search field would first empty itself
    parts.dialog.close();
  } else if (event.key in steps && all.length) {
    event.preventDefault();
    choose(parts, steps[event.key]);
  } else if (event.key === "Enter") {
    event.preventDefault();
    (all[at] ?? parts.all).click();
  }
};
