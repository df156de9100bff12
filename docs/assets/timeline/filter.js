// Narrows the timeline to a jurisdiction, collection, kind and year. The choice stands in the address, so it can be sent on.
import { readAddress, writeAddress } from "../forms/address.js";

const form = document.querySelector("[data-ev-timeline]");
if (form) start(form);

function start(form) {
  const selects = [...form.querySelectorAll("select")];
  const status = form.querySelector("[role=status]");
  const sections = sectionsBelow(form);

  const show = () => {
    const chosen = Object.fromEntries(selects.map((select) => [select.dataset.letter, select.value]));
    let shown = 0;
    for (const { heading, words, parts } of sections) {
      let here = 0;
      for (const { block, rows } of parts) {
        const left = rows.filter((row) => !(row.hidden = !fits(row.dataset, chosen))).length;
        block.hidden = left === 0;
        here += left;
      }
      words.data = words.data.replace(/\d+(?=\)\s*$)/, here);
      heading.hidden = here === 0;
      shown += here;
    }
    status.textContent = shown
      ? form.dataset.shown.replace("{n}", shown).replace("{total}", form.dataset.total)
      : form.dataset.none;
  };

  const read = () => {
    readAddress(form);
    show();
  };

  form.addEventListener("change", () => {
    writeAddress(form);
    show();
  });
  // The browser empties the fields after this event.
  form.addEventListener("reset", () => setTimeout(() => form.dispatchEvent(new Event("change"))));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", read);
  form.hidden = false;
  read();
}

// True when a row has every chosen value; a row may have several, separated by spaces.
function fits(data, chosen) {
  return Object.entries(chosen).every(([letter, value]) => !value || (data[letter] ?? "").split(" ").includes(value));
}

// The headings after the form that have rows below them: each with its text and the blocks that hold its rows.
function sectionsBelow(form) {
  const found = [];
  for (const heading of document.querySelectorAll("h2[id]")) {
    if (!(form.compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
    const parts = [];
    for (let block = heading.nextElementSibling; block && block.tagName !== "H2"; block = block.nextElementSibling) {
      const rows = [...block.querySelectorAll("li[data-k]")];
      if (rows.length) parts.push({ block, rows });
    }
    if (parts.length) found.push({ heading, words: heading.firstChild, parts });
  }
  return found;
}
