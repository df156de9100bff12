// Shows each problem beside the field of the form that it is about.

import { openedPath } from "./opened.js";
import { changed, check, inLanguage, joined, onChange, session, words } from "./session.js";

const FIELD = ".field[data-key-path]";
const NOTE = "evreg-problems";

let planned = false;
let number = 0;

/** Keep the marks in step with the form and with what is known. */
export function followFields() {
  new MutationObserver(plan).observe(document.getElementById("nc-root"), { childList: true, subtree: true });
  document.addEventListener("input", noteEdit, true);
  for (const event of ["hashchange", "popstate"]) window.addEventListener(event, plan);
  onChange(plan);
}

let seen = null;

function plan() {
  if (planned) return;
  planned = true;
  requestAnimationFrame(() => {
    planned = false;
    const path = openedPath();
    if (path !== seen) {
      seen = path;
      session.told = null;
      if (path) check(path);
      changed();
    }
    mark(path);
  });
}

/** The field with that name, or the nearest one around it. */
export function fieldElement(name) {
  for (let parts = name.split("."); parts.length; parts = parts.slice(0, -1)) {
    const found = document.querySelector(`#nc-root ${FIELD.replace("]", `="${CSS.escape(parts.join("."))}"]`)}`);
    if (found) return found;
  }
  return null;
}

function mark(path) {
  const groups = new Map();
  for (const problem of (path && session.problems.get(path)) || []) {
    const element = problem.field && fieldElement(problem.field);
    if (element) groups.set(element, [...(groups.get(element) ?? []), problem]);
  }
  for (const note of document.querySelectorAll(`.${NOTE}`)) {
    if (!groups.has(note.parentElement)) unmark(note);
  }
  for (const [element, problems] of groups) show(element, problems, path);
}

function unmark(note) {
  for (const control of controls(note.parentElement)) {
    describe(control, note.id, false);
    control.removeAttribute("data-evreg-level");
  }
  note.remove();
}

const controls = (element) =>
  [...element.querySelectorAll("input, textarea, select, [contenteditable=true], [role=combobox]")].filter(
    (control) => control.closest(FIELD) === element,
  );

function show(element, problems, path) {
  let note = [...element.children].find((child) => child.classList.contains(NOTE));
  if (!note) {
    note = document.createElement("div");
    note.className = NOTE;
    note.id = `evreg-problem-${(number += 1)}`;
  }
  // Beneath the name of the field, where the form puts its own messages; hints and controls follow.
  const header = element.querySelector(":scope > header");
  if (header ? header.nextElementSibling !== note : element.lastElementChild !== note) {
    if (header) header.after(note);
    else element.append(note);
  }
  const edited = session.edited.has(`${path} ${element.dataset.keyPath}`);
  const signature = JSON.stringify([session.language, edited, problems]);
  if (note.dataset.signature !== signature) {
    note.dataset.signature = signature;
    note.replaceChildren(...problems.map((problem) => sentence(problem, element)));
    if (edited) note.append(paragraph("evreg-edited", words().edited));
  }
  const level = problems.some((problem) => problem.level === "error") ? "error" : "warning";
  for (const control of controls(element)) {
    describe(control, note.id, true);
    control.dataset.evregLevel = level;
  }
}

function describe(control, id, wanted) {
  const before = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((part) => part && part !== id);
  const after = wanted ? [...before, id] : before;
  if (after.join(" ") === (control.getAttribute("aria-describedby") ?? "")) return;
  if (after.length) control.setAttribute("aria-describedby", after.join(" "));
  else control.removeAttribute("aria-describedby");
}

function sentence(problem, element) {
  // Items of a plain list have no fields of their own.
  const inner = !/^(\.\d+)?$/.test(problem.field.slice(element.dataset.keyPath.length));
  const line = paragraph(`evreg-problem evreg-${problem.level}`, "");
  const level = document.createElement("strong");
  level.textContent = `${words()[problem.level]}: `;
  const where = inner ? `${inLanguage(problem.label)} — ` : "";
  line.append(level, where + joined([problem.found, problem.expected, problem.remedy].map(inLanguage)));
  return line;
}

function paragraph(kind, text) {
  const made = document.createElement("p");
  made.className = kind;
  made.textContent = text;
  return made;
}

function noteEdit(event) {
  const element = event.target.closest?.(FIELD);
  session.typed ||= Boolean(element);
  const path = openedPath();
  if (!element || !path || ![...element.children].some((child) => child.classList.contains(NOTE))) return;
  const key = `${path} ${element.dataset.keyPath}`;
  if (session.edited.has(key)) return;
  session.edited.add(key);
  changed();
}
