// Makes a table of entries sortable and filterable; what is chosen stands in the address, so that a view can be shared.
import DataTable from "../lib/datatables.js";
import { readAddress, writeAddress } from "../forms/address.js";
import { plain } from "../search/normalise.js";
import { compared } from "./order.js";

DataTable.ext.errMode = "none";
const fold = (text) => plain(text).toLowerCase();

class Explorer {
  constructor(section) {
    this.section = section;
    this.form = section.querySelector("form");
    this.table = section.querySelector("table");
    this.words = JSON.parse(section.dataset.words);
    this.facets = [...this.form.querySelectorAll("[data-facet]")].map((details) => details.dataset.facet);
    this.keys = [...this.table.querySelectorAll("thead th")].map((th) => th.dataset.key);
    this.rows = [...this.table.tBodies[0].rows].map((row) => ({
      row,
      text: fold(row.textContent),
      codes: Object.fromEntries(this.facets.map((facet) => [facet, (row.getAttribute(`data-${facet}`) ?? "").split(" ")])),
    }));
    this.byRow = new Map(this.rows.map((found) => [found.row, found]));
    this.start();
  }

  start() {
    this.read();
    this.data = new DataTable(this.table, {
      paging: false, info: false, autoWidth: false, order: this.order(),
      layout: { topStart: null, topEnd: null, bottomStart: null, bottomEnd: null },
      columnDefs: [{ targets: "_all", type: "ev", orderSequence: ["asc", "desc", ""] }],
      language: { emptyTable: "", zeroRecords: this.words.none, aria: { orderable: "", orderableReverse: "", orderableRemove: "" } },
    });
    this.data.search.fixed("explorer", (_text, _data, index) => this.fits(this.byRow.get(this.data.row(index).node())));
    this.data.on("order.dt", () => this.sorted());
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("reset", () => setTimeout(() => this.changed()));
    addEventListener("popstate", () => { this.read(); this.show(); });
    this.section.querySelector(".ev-explorer-plain").hidden = true;
    this.form.hidden = false;
    this.show();
  }

  /** The form takes over what the address says. */
  read() {
    readAddress(this.form);
    for (const details of this.form.querySelectorAll("details")) details.open ||= details.querySelector(":checked") !== null;
  }

  boxes() {
    return this.form.querySelectorAll("input[type=checkbox]");
  }

  state() {
    const chosen = Object.fromEntries(this.facets.map((facet) => [facet, []]));
    for (const box of this.boxes()) if (box.checked) chosen[box.name].push(box.value);
    return { q: this.form.elements.q.value.trim(), sort: this.form.elements.sort.value, chosen };
  }

  order() {
    const sort = this.form.elements.sort.value;
    return sort ? [[this.keys.indexOf(sort.replace("-", "")), sort.startsWith("-") ? "desc" : "asc"]] : [];
  }

  fits(found, without = "") {
    const { terms, chosen } = this.wanted;
    return (
      terms.every((term) => found.text.includes(term)) &&
      this.facets.every((facet) => facet === without || !chosen[facet].length || chosen[facet].some((code) => found.codes[facet].includes(code)))
    );
  }

  changed() {
    writeAddress(this.form);
    this.show();
  }

  show() {
    const { q, chosen } = this.state();
    this.wanted = { terms: fold(q).split(/\s+/).filter(Boolean), chosen };
    this.quiet = true;
    this.data.order(this.order()).draw();
    this.quiet = false;
    const shown = this.rows.filter((found) => this.fits(found)).length;
    const say = shown ? this.words.shown : this.words.none;
    this.form.querySelector(".ev-explorer-count").textContent = say.replace("{n}", shown).replace("{m}", this.rows.length);
    this.count(chosen);
  }

  /** Beside every box: how many rows it would show, given the other groups. */
  count(chosen) {
    for (const facet of this.facets) {
      const counted = {};
      for (const found of this.rows) if (this.fits(found, facet)) for (const code of found.codes[facet]) counted[code] = (counted[code] ?? 0) + 1;
      const details = this.form.querySelector(`[data-facet="${facet}"]`);
      for (const box of details.querySelectorAll("input")) {
        const number = counted[box.value] ?? 0;
        const item = box.closest("li");
        item.querySelector(".ev-count").textContent = number;
        item.classList.toggle("ev-explorer-empty", !number && !box.checked);
      }
      details.querySelector(".ev-explorer-chosen").textContent = chosen[facet].length ? this.words.chosen.replace("{n}", chosen[facet].length) : "";
    }
  }

  /** A click on a heading is a choice like one in the form. */
  sorted() {
    if (this.quiet) return;
    const [first] = this.data.order();
    this.form.elements.sort.value = first && first[1] ? `${first[1] === "desc" ? "-" : ""}${this.keys[first[0]]}` : "";
    writeAddress(this.form);
  }
}

DataTable.type("ev", { order: { asc: (a, b) => compared(a, b, 1), desc: (a, b) => compared(a, b, -1) } });
document.querySelectorAll("[data-ev-explorer]").forEach((section) => new Explorer(section));
