// /pathways/: the chosen properties stand in the address, so that an answer can be shared and «back» works. All words and
// cards are in the page already; this shows, hides and marks them.

import { chosenIn, readAddress, writeAddress } from "../forms/address.js";
import { openAnswers } from "./answers.js";
import { showPlaces, showSummary } from "./show.js";

const form = document.querySelector("[data-ev-pathways]");

/** The same question in the other language. */
const carryOver = () => {
  const link = document.querySelector("a.ev-language");
  if (link) link.search = location.search;
};

const start = async () => {
  const words = JSON.parse(form.dataset.words);
  const status = form.querySelector(".ev-pf-status");
  let answers = null;
  const update = () => {
    carryOver();
    if (!answers) return;
    const question = chosenIn(form);
    const found = question.size ? answers.ask(Object.fromEntries(question)) : null;
    showPlaces(found, words);
    status.textContent = showSummary(form, found, words);
  };
  readAddress(form);
  // Before the answers are there, so that what is chosen while they load stands in the address as well.
  form.addEventListener("change", () => (writeAddress(form, "pushState"), update()));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    readAddress(form, "");
    writeAddress(form, "pushState");
    update();
  });
  window.addEventListener("popstate", () => (readAddress(form), update()));
  form.hidden = false;
  answers = await openAnswers(form.dataset.answers).catch((error) => (console.warn(error), null));
  if (!answers) {
    status.textContent = words.failed;
    return;
  }
  update();
  // What was hidden has moved the place that the address points to.
  if (location.hash.startsWith("#in-") && location.search) document.getElementById(location.hash.slice(1))?.scrollIntoView();
};

if (form) start();
