// The matrix with a script: filters whose state stands in the address, and cells that open their statements in a dialog.

import { readAddress, writeAddress } from "../forms/address.js";
import { startDialog } from "./dialog.js";
import { applyFilter } from "./filter.js";

const form = document.querySelector("[data-mx-filter]");
const grid = document.querySelector("[data-mx-grid]");

if (grid) startDialog(grid);
if (form && grid) {
  form.hidden = false;
  const show = () => applyFilter(form, grid);
  const changed = () => (writeAddress(form), show());
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(changed)); // the fields are empty only after the event
  addEventListener("popstate", () => (readAddress(form), show()));
  readAddress(form);
  show();
}
