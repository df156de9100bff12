// The comparison as a table, in the form of publish/templates/compare_table.html.
import { agreement } from "./agreement.js";

const MARKED = new Set(["differs", "same", "partial"]);

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** HTML that the build wrote and escaped; the page's policy lets no script in it run. */
function written(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

function head(columns, words) {
  const places = columns.map(({ head: [address, name, day] }) => {
    const small = element("small");
    small.append(written(day));
    return element("th", { scope: "col" }, element("a", { href: address }, name), " ", small);
  });
  return element("thead", {}, element("tr", {}, element("th", { scope: "col" }, words.row), ...places));
}

function line(name, cells, agreed, words) {
  const title = element("th", { scope: "row" }, name);
  if (MARKED.has(agreed)) {
    title.append(" ", element("span", { class: `ev-cmp-mark ev-cmp-${agreed}` }, words[`mark_${agreed}`]));
  }
  const data = cells.map((cell) =>
    element("td", {}, cell ? written(cell[1]) : element("span", { class: "ev-cmp-none" }, words.nothing)));
  return element("tr", { "data-agreement": agreed }, title, ...data);
}

/** Put the columns of the chosen jurisdictions into `table`; returns how many rows differ and how many are the same. */
export function fill(table, data, chosen, words) {
  const columns = chosen.map((id) => data.columns[id]);
  const caption = columns.map((column) => column.head[1]).join(document.documentElement.lang === "ja" ? "、" : ", ");
  const counts = { differs: 0, same: 0 };
  const bodies = new Map();
  for (const [key, group, name] of data.rows) {
    const cells = columns.map((column) => column.cells[key]);
    const agreed = agreement(cells);
    if (agreed === "empty") continue;
    if (agreed in counts) counts[agreed] += 1;
    if (!bodies.has(group)) {
      const heading = element("th", { scope: "rowgroup", colspan: columns.length + 1 }, element("span", {}, group));
      bodies.set(group, element("tbody", {}, element("tr", { class: "ev-cmp-group" }, heading)));
    }
    bodies.get(group).append(line(name, cells, agreed, words));
  }
  table.replaceChildren(element("caption", {}, caption), head(columns, words), ...bodies.values());
  table.parentElement.setAttribute("aria-label", caption);
  return { caption, ...counts };
}
