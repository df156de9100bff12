// /search/: the form with facets. What is asked stands in the address, so that it can be shared and «back» works.

import { readAddress, writeAddress } from "../forms/address.js";
import { engines, fromOther } from "./engine.js";
import { counted, filled, make, resultLink, settled } from "./view.js";

const PAGE = 10;

/** Bring the form to life. */
export const startPage = async (root, form) => {
  form.hidden = false;
  const find = (selector) => form.querySelector(selector);
  const parts = {
    form, input: form.elements.q, status: find(".ev-search-status"), list: find(".ev-search-found > .ev-results"), more: find(".ev-search-more"),
    other: find(".ev-search-other"), clear: find(".ev-search-clear"), facets: [...form.querySelectorAll("[data-facet]")],
  };
  find(".ev-search-facets").open = matchMedia("(min-width: 45em)").matches;
  read(parts);
  listen(parts); // a reader may type before the index is there
  try {
    const { own, other: foreign, words } = await engines(root);
    Object.assign(parts, { own, foreign, words });
    await update(parts, () => true);
  } catch (error) {
    console.warn(error);
    parts.status.textContent = parts.words?.failed ?? "";
  }
};

const listen = (parts) => {
  const { form, input, clear } = parts;
  const typed = settled(150, (current) => (writeAddress(form), update(parts, current)));
  const chosen = settled(0, (current) => (writeAddress(form, "pushState"), update(parts, current)));
  const returned = settled(0, (current) => (read(parts), update(parts, current)));
  input.addEventListener("input", () => typed());
  form.addEventListener("change", (event) => event.target !== input && chosen());
  form.addEventListener("submit", (event) => (event.preventDefault(), chosen()));
  clear.addEventListener("click", () => (boxes(parts).forEach((box) => (box.checked = false)), chosen()));
  window.addEventListener("popstate", () => returned());
};

const boxes = (parts) => [...parts.form.querySelectorAll("input[type=checkbox]")];

/** Address -> form. */
const read = (parts) => {
  readAddress(parts.form);
  for (const box of boxes(parts)) if (box.checked) box.closest("[data-facet]").open = true;
};

const filters = (parts) => {
  const found = {};
  for (const box of boxes(parts)) if (box.checked) (found[box.name] ??= []).push(box.value);
  return found;
};

const update = async (parts, current) => {
  if (!parts.own) return;
  const { own, words, input, status, list, more, other, clear } = parts;
  const text = input.value.trim();
  const chosen = filters(parts);
  clear.hidden = !Object.keys(chosen).length;
  const all = await own.counts();
  if (!text && clear.hidden) {
    list.replaceChildren();
    status.textContent = "";
    more.hidden = other.hidden = true;
    return tally(parts, all);
  }
  const answer = await own.search(text, chosen);
  const results = await answer.take(0, PAGE);
  const counts = { ...answer.filters };
  for (const facet of Object.keys(chosen)) counts[facet] = await own.countsFor(text, chosen, facet);
  const added = await fromOther(parts.foreign, text, chosen, results, answer.total);
  if (!current()) return;
  status.textContent = answer.total ? counted(words, answer.total) : `${filled(words.none, { q: text })} ${words.hint_none}`;
  list.replaceChildren(...items(results, words));
  offerMore(parts, answer, results.length);
  other.hidden = !added.length;
  other.querySelector("h2").textContent = words.other;
  other.querySelector("ul").replaceChildren(...items(added, words));
  tally(parts, counts);
};

const items = (results, words) => results.map((result) => make("li", {}, resultLink(result, words)));

const offerMore = ({ more, list, words }, answer, shown) => {
  more.hidden = shown >= answer.total;
  more.textContent = words.more;
  more.onclick = async () => {
    const added = items(await answer.take(shown, shown + PAGE), words);
    list.append(...added);
    shown += added.length;
    more.hidden = shown >= answer.total;
    added[0]?.querySelector("a").focus();
  };
};

/** Numbers beside the choices; what nothing has is not offered. */
const tally = (parts, counts) => {
  for (const facet of parts.facets) {
    let offered = 0;
    for (const box of facet.querySelectorAll("input")) {
      const n = counts[box.name]?.[box.value] ?? 0;
      const item = box.closest("li");
      item.querySelector(".ev-count").textContent = n.toLocaleString();
      item.hidden = !n && !box.checked;
      offered += item.hidden ? 0 : 1;
    }
    facet.hidden = !offered;
  }
};
