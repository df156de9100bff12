// /check/: reads what is pasted into the form. Everything needed is fetched when the page opens; nothing is sent anywhere.

import { check } from "./checking.js";
import { openSpecification } from "./specification.js";
import { showResult, summary } from "./view.js";

const form = document.querySelector("[data-ev-checker]");
const result = document.querySelector(".ev-ck-result");

/** Address -> form; a place that the form does not offer leaves the usual one. */
const readPlace = (select) => {
  const asked = new URLSearchParams(location.search).get("place");
  if (asked !== null && [...select.options].some(({ value }) => value === asked)) select.value = asked;
};

/** Form -> address, and the same place in the other language. */
const writePlace = (select) => {
  history.replaceState(null, "", `${location.pathname}?place=${encodeURIComponent(select.value)}${location.hash}`);
  carryOver();
};

const carryOver = () => {
  const link = document.querySelector("a.ev-language");
  if (link) link.search = location.search;
};

/** What a text says: {seen} to be shown, or {refused} with the reason. */
const read = (text, spec, limit, words) => {
  const all = [...text];
  if (!text.trim()) return { refused: words.empty };
  const characters = all.slice(0, limit);
  const checked = check(characters.join(""), spec);
  if (checked.language === "none") return { refused: words.no_letters };
  const isForeign = checked.language === "other";
  if (isForeign && !checked.findings.length) return { refused: words.other_language };
  const notices = [
    isForeign && words.other_language,
    all.length > limit && words.too_long.replace("{n}", limit.toLocaleString("en")),
    checked.genre.reports && checked.setAside.length && words.reports,
    !checked.concepts.has("ev-product") && words.no_product,
    !checked.findings.length && words.none_about,
  ];
  return { seen: { characters, checked, spec, notices: notices.filter(Boolean) } };
};

const start = async () => {
  const words = JSON.parse(form.dataset.words);
  const [text, select, status, button] = ["textarea", "select", ".ev-ck-status", ".ev-ck-check"].map((selector) => form.querySelector(selector));
  const place = () => ({ code: select.value, label: select.selectedOptions[0].textContent });
  let [shown, spec] = [null, null];
  readPlace(select);
  carryOver();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!spec) return;
    const { seen, refused } = read(text.value, spec, Number(form.dataset.limit), words);
    shown = seen ?? null;
    result.hidden = !seen;
    status.textContent = refused ?? summary(seen, words);
    if (!seen) return text.focus();
    showResult(result, seen, place(), words);
    result.scrollIntoView();
  });
  select.addEventListener("change", () => {
    writePlace(select);
    if (shown) showResult(result, shown, place(), words);
  });
  form.querySelector(".ev-ck-clear").addEventListener("click", () => {
    text.value = "";
    shown = null;
    result.hidden = true;
    status.textContent = words.cleared;
    text.focus();
  });
  result.querySelector(".ev-ck-print").addEventListener("click", () => window.print());
  // Only now, and before the rules are there: what a reader does while they load counts as well.
  form.hidden = false;
  status.textContent = words.loading;
  spec = await load(form.dataset.specification).catch((error) => (console.warn(error), null));
  status.textContent = spec ? "" : words.failed;
  button.disabled = !spec;
};

const load = async (address) => {
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(`${address}: ${reply.status}`);
  return openSpecification(await reply.json());
};

if (form) start();
