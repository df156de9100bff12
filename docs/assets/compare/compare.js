// Choosing two to four jurisdictions. The choice stands in the address (?with=jp,kr), so that it can be passed on.
import { fill } from "./table.js";

const MOST = 4;

function said(words, key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

class Chooser {
  constructor(form) {
    this.form = form;
    this.words = JSON.parse(form.dataset.words);
    this.boxes = [...form.querySelectorAll("input[name=with]")];
    this.status = form.querySelector("[role=status]");
    this.table = document.querySelector("table.ev-cmp");
    this.only = form.querySelector("[data-only]");
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => this.changed(event.target));
    form.querySelector("[data-share]").addEventListener("click", () => this.share());
    window.addEventListener("popstate", () => this.start());
  }

  start() {
    const address = new URL(location.href);
    const wanted = (address.searchParams.get("with") ?? "").toLowerCase().split(",").filter(Boolean);
    const known = wanted.filter((id, place) => wanted.indexOf(id) === place && this.box(id)).slice(0, MOST);
    this.unknown = wanted.filter((id) => !this.box(id));
    this.chosen = known.length > 1 ? known : this.form.dataset.chosen.split(",");
    this.only.checked = address.searchParams.get("only") === "differences";
    this.mark();
    this.form.hidden = false;
    if (wanted.length) this.show();
    this.narrow();
  }

  box(id) {
    return this.boxes.find((box) => box.value === id);
  }

  /** The boxes follow the choice, never the other way round. */
  mark() {
    for (const box of this.boxes) box.checked = this.chosen.includes(box.value);
  }

  changed(target) {
    if (target === this.only) {
      this.narrow();
    } else if (target.checked && this.chosen.length >= MOST) {
      this.mark();
      this.status.textContent = this.words.too_many;
      return;
    } else {
      this.chosen = target.checked ? [...this.chosen, target.value] : this.chosen.filter((id) => id !== target.value);
      if (this.chosen.length < 2) {
        this.status.textContent = this.words.too_few;
        return;
      }
      this.show();
    }
    this.remember();
  }

  async show() {
    try {
      this.data ??= await (await fetch(this.form.dataset.source)).json();
    } catch {
      this.status.textContent = this.words.failed;
      return;
    }
    const { caption, differs, same } = fill(this.table, this.data, this.chosen, this.words);
    const told = [said(this.words, "status", { places: caption, n: differs, m: same })];
    if (this.unknown.length) told.push(said(this.words, "unknown_place", { places: this.unknown.join(", ") }));
    this.status.textContent = told.join(" ");
  }

  narrow() {
    this.table.classList.toggle("ev-cmp-only-differences", this.only.checked);
  }

  remember() {
    this.unknown = [];
    const address = new URL(location.href);
    address.search = `?with=${this.chosen.join(",")}${this.only.checked ? "&only=differences" : ""}`;
    history.replaceState(null, "", address);
  }

  async share() {
    this.remember();
    try {
      await navigator.clipboard.writeText(location.href);
      this.status.textContent = this.words.copied;
    } catch {
      this.status.textContent = this.words.not_copied;
    }
  }
}

for (const form of document.querySelectorAll("[data-ev-compare]")) new Chooser(form).start();
