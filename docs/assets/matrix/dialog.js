// A cell opens its statements, copied from the list below, in a native dialog; the list stays the only place that holds them.

import { statementsOf } from "./filter.js";

let opened = null;

/** Make the cells of a matrix open a dialog; a click with a modifier key follows the link as usual. */
export const startDialog = (grid) => {
  for (const link of grid.querySelectorAll("a[data-says]")) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      link.click();
    });
  }
  grid.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-says]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(grid, link);
  });
};

const show = (grid, link) => {
  opened ??= build(grid.dataset);
  const { dialog, title, list } = opened;
  const row = link.closest("tr").querySelector("th").textContent;
  const heads = [...grid.querySelectorAll("[data-column]")];
  const place = [...link.closest("tr").cells].slice(-heads.length).indexOf(link.closest("td"));
  const column = heads[place].textContent;
  title.textContent = `${row.trim()} — ${column.trim()}`;
  list.replaceChildren(...statementsOf(link).map((item) => copyOf(item, grid.dataset.list)));
  dialog.showModal();
  dialog.scrollTop = 0;
};

const copyOf = (item, words) => {
  const copy = item.cloneNode(true);
  copy.removeAttribute("id"); // the original keeps it
  const back = document.createElement("a");
  back.href = `#${item.id}`;
  back.textContent = words;
  back.addEventListener("click", () => opened.dialog.close());
  const line = document.createElement("p");
  line.className = "ev-said-from";
  line.append(back);
  copy.querySelector(".ev-said-body").append(line);
  return copy;
};

const build = (words) => {
  const dialog = document.createElement("dialog");
  dialog.className = "ev-mx-dialog md-typeset";
  dialog.setAttribute("aria-labelledby", "ev-mx-title");
  const title = document.createElement("h2");
  title.id = "ev-mx-title";
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = words.close;
  close.addEventListener("click", () => dialog.close());
  const head = document.createElement("header");
  head.append(title, close);
  const list = document.createElement("ul");
  list.className = "ev-said-list";
  dialog.append(head, list);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  return { dialog, title, list };
};
