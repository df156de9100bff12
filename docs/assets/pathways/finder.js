// /pathways/: the chosen properties stand in the address, so that an answer can be shared and «back» works. All words and
// cards are in the page already; this shows, hides and marks them.

import { openAnswers } from "./answers.js";
import { showPlaces, showSummary } from "./show.js";

const form = document.querySelector("[data-ev-pathways]");
const names = form ? [...new Set([...form.elements].map(({ name }) => name).filter(Boolean))] : [];

/** Address -> form; a code that the form does not offer leaves the property open. */
const read = () => {
  const asked = new URLSearchParams(location.search);
  for (const name of names) {
    const offered = [...form.elements[name]];
    (offered.find(({ value }) => value === (asked.get(name) ?? "")) ?? offered[0]).checked = true;
  }
};

const question = () => Object.fromEntries(names.map((name) => [name, form.elements[name].value]));

/** Form -> address. */
const write = () => {
  const asked = new URLSearchParams(Object.entries(question()).filter(([, code]) => code));
  const address = `${location.pathname}${asked.size ? `?${asked}` : ""}`;
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
};

/** The same question in the other language. */
const carryOver = () => {
  const link = document.querySelector("a.ev-language");
  if (link) link.search = location.search;
};

const start = async () => {
  const words = JSON.parse(form.dataset.words);
  const status = form.querySelector(".ev-pf-status");
  form.hidden = false;
  read();
  const answers = await openAnswers(form.dataset.answers).catch((error) => (console.warn(error), null));
  if (!answers) {
    status.textContent = words.failed;
    return;
  }
  const update = () => {
    const found = location.search && Object.values(question()).some(Boolean) ? answers.ask(question()) : null;
    showPlaces(found, words);
    status.textContent = showSummary(form, found, words);
    carryOver();
  };
  form.addEventListener("change", () => (write(), update()));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const name of names) form.elements[name][0].checked = true;
    write();
    update();
  });
  window.addEventListener("popstate", () => (read(), update()));
  update();
  // What was hidden has moved the place that the address points to.
  if (location.hash.startsWith("#in-") && location.search) document.getElementById(location.hash.slice(1))?.scrollIntoView();
};

if (form) start();
