// Shows only the statements that match, the cells that still hold one, and the rows and columns that still hold a cell.

const SELECTS = ["where", "level", "force", "basis"];

const matcher = (form) => {
  const wanted = SELECTS.map((name) => [name, form.elements[name].value]).filter(([, value]) => value);
  const explicit = form.elements.explicit.checked;
  const today = form.elements.today.checked;
  const filtered = wanted.length > 0 || explicit || today;
  const matches = ({ dataset }) =>
    wanted.every(([name, value]) => dataset[name] === value) &&
    (!explicit || dataset.applies === "explicit") &&
    (!today || dataset.counted === "today");
  return { filtered, matches };
};

/** Apply the form to the matrix and to the lists below it. */
export const applyFilter = (form, grid) => {
  const { filtered, matches } = matcher(form);
  const all = [...document.querySelectorAll(".ev-said-list > .ev-said")];
  for (const item of all) item.hidden = !matches(item);
  for (const link of grid.querySelectorAll("a[data-says]")) regrade(link, grid.dataset.several);
  hideEmptyColumns(grid, filtered);
  hideEmptyRows(grid, filtered);
  hideEmptyLists();
  const status = form.querySelector("[data-mx-status]");
  const shown = all.filter((item) => !item.hidden).length;
  status.textContent = status.dataset.words.replace("{shown}", shown).replace("{all}", all.length);
};

/** Statements of a cell that are not filtered out, the strongest first. */
export const statementsOf = (link) =>
  link.dataset.says.split(" ").map((id) => document.getElementById(id)).filter((item) => item && !item.hidden);

const regrade = (link, words) => {
  const said = statementsOf(link);
  link.hidden = said.length === 0;
  if (!said.length) return;
  link.href = `#${said[0].id}`;
  link.querySelector(".ev-mx-mark").replaceWith(said[0].querySelector(".ev-mx-mark").cloneNode(true));
  link.querySelector("small")?.remove();
  if (said.length < 2) return;
  const count = document.createElement("small");
  count.textContent = `×${said.length}`;
  count.title = words.replace("{n}", said.length);
  link.append(count);
};

const hideEmptyColumns = (grid, filtered) => {
  const heads = [...grid.querySelectorAll("[data-column]")];
  const rows = [...grid.querySelectorAll("[data-row]")].map((row) => [...row.cells].slice(-heads.length));
  heads.forEach((head, column) => {
    head.hidden = filtered && !rows.some((cells) => cells[column].querySelector("a:not([hidden])"));
    for (const cells of rows) cells[column].hidden = head.hidden;
  });
  for (const group of grid.querySelectorAll("th[scope=colgroup]")) {
    const where = CSS.escape(group.dataset.where);
    const span = grid.querySelectorAll(`th[data-column][data-where="${where}"]:not([hidden])`).length;
    group.hidden = span === 0;
    if (span) group.colSpan = span;
  }
};

const hideEmptyRows = (grid, filtered) => {
  for (const body of grid.tBodies) {
    const rows = [...body.querySelectorAll("[data-row]")];
    for (const row of rows) row.hidden = filtered && !row.querySelector("a[data-says]:not([hidden])");
    body.hidden = rows.every((row) => row.hidden);
  }
};

const hideEmptyLists = () => {
  for (const list of document.querySelectorAll("ul.ev-said-list")) {
    const block = list.parentElement;
    block.hidden = !list.querySelector(".ev-said:not([hidden])");
    const head = block.previousElementSibling;
    if (head?.matches("h3, h4")) head.hidden = block.hidden;
  }
  for (const head of document.querySelectorAll("h3[id^=topic-]")) head.hidden = !ownBlocks(head).some((block) => !block.hidden);
};

const ownBlocks = (head) => {
  const found = [];
  for (let next = head.nextElementSibling; next && !next.matches("h2, h3"); next = next.nextElementSibling) {
    if (next.querySelector("ul.ev-said-list")) found.push(next);
  }
  return found;
};
