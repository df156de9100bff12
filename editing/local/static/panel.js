// The bar above the form and the panel beside it: what is open, its problems, conflicts and drafts.

import { goTo } from "./go_to.js";
import { learnFolders, openedPath } from "./opened.js";
import {
  chooseLanguage,
  discardDraft,
  inLanguage,
  joined,
  onChange,
  resume,
  saveAndReload,
  session,
  words,
} from "./session.js";

const bar = document.getElementById("evreg-bar");
const panel = document.getElementById("evreg-panel");
const status = document.getElementById("evreg-told");

let open = false;
/** What made the panel open by itself last; closed by hand it stays closed until something new comes. */
let reason = "";

/** Draw bar and panel, now and whenever something changes. */
export function showPanel(configuration) {
  learnFolders(configuration);
  onChange(draw);
  draw();
}

function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const button = (text, onclick, properties = {}) =>
  make("button", { type: "button", textContent: text, onclick, ...properties });

function draw() {
  const word = words();
  const path = openedPath();
  const problems = (path && session.problems.get(path)) || [];
  openWhenNeeded(path, problems);
  document.body.dataset.entry = location.hash.includes("/entries/") ? "old" : "new";
  document.documentElement.classList.toggle("evreg-with-panel", open);
  panel.hidden = !open;
  panel.setAttribute("aria-label", word.panel);
  keepFocus(bar, () => bar.replaceChildren(...barParts(word, path, problems).filter(Boolean)));
  if (open) keepFocus(panel, () => panel.replaceChildren(...panelParts(word, path, problems)));
  const told = session.told ? textOf(session.told, word) : "";
  if (status.textContent !== told) status.textContent = told;
  status.dataset.kind = session.told?.kind ?? "";
}

const textOf = ({ text }, word) => (typeof text === "function" ? text(word) : text).trim();

/** Redraw without taking the keyboard away from the control it is on. */
function keepFocus(holder, redraw) {
  const key = holder.contains(document.activeElement) && document.activeElement.dataset.key;
  redraw();
  if (key) holder.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

function openWhenNeeded(path, problems) {
  const now = JSON.stringify([path, problems.length, session.conflicts.has(path), session.drafts.length]);
  if (now === reason) return;
  reason = now;
  open = problems.length > 0 || session.conflicts.has(path) || (!path && session.drafts.length > 0);
}

function barParts(word, path, problems) {
  const id = path ? path.split("/").slice(2).join("/").replace(/\.yaml$/, "") : word.entries;
  const checked = path && session.problems.has(path);
  const summary = !checked ? null : problems.length ? word.problems(problems.length) : word.noProblems;
  const count = otherDrafts(path).length;
  const label = [summary, count ? `${word.drafts} ${count}` : null].filter(Boolean).join(" · ") || word.panel;
  const worst = problems.some(({ level }) => level === "error") ? "error" : problems.length ? "warning" : "none";
  return [
    make("strong", { className: "evreg-name", title: word.title, textContent: `EVReg · ${id}` }),
    button(label, toggle, {
      className: `evreg-summary evreg-${worst}`,
      "data-key": "summary",
      "aria-expanded": String(open),
      "aria-controls": "evreg-panel",
    }),
    previewLink(word, path),
    languages(word),
  ];
}

function toggle() {
  open = !open;
  draw();
}

function previewLink(word, path) {
  if (!session.preview || !path || !session.problems.has(path)) return null;
  const entry = path.split("/").slice(2).join("/").replace(/\.yaml$/, "");
  return make("a", {
    className: "evreg-link",
    href: `preview/${session.language}/${entry}`,
    target: "evreg-preview",
    textContent: word.preview,
    "data-key": "preview",
  });
}

function languages(word) {
  const choices = [
    ["en", "English"],
    ["ja", "日本語"],
  ].map(([code, name]) =>
    button(name, () => chooseLanguage(code), {
      lang: code,
      "data-key": `language-${code}`,
      "aria-pressed": String(code === session.language),
    }),
  );
  return make("span", { className: "evreg-languages", role: "group", "aria-label": word.language }, ...choices);
}

function panelParts(word, path, problems) {
  const close = button("×", toggle, { className: "evreg-close", "aria-label": word.close, "data-key": "close" });
  return [
    close,
    session.told && session.told.kind !== "heard" ? make("p", { className: "evreg-message", textContent: textOf(session.told, word) }) : null,
    session.resumed.has(path) ? resumedNote(word, path, problems) : null,
    ...conflictParts(word, path),
    ...problemParts(word, problems),
    ...draftParts(word, path),
  ].filter(Boolean);
}

function resumedNote(word, path, problems) {
  const valid = !problems.some(({ level }) => level === "error") && !session.conflicts.has(path);
  const draft = session.drafts.find((other) => other.path === path);
  const note = make("p", { className: "evreg-message" }, valid ? word.resumedValid : word.resumed);
  if (valid && draft) note.append(" ", button(word.saveNow, () => saveAndReload(path, draft.text)));
  return note;
}

function problemParts(word, problems) {
  if (!problems.length) return [];
  const items = problems.map((problem, index) => {
    const label = inLanguage(problem.label) || problem.field || word.entries;
    const text = joined([problem.found, problem.remedy].map(inLanguage));
    return make(
      "li",
      { className: `evreg-problem evreg-${problem.level}` },
      make("strong", { textContent: `${word[problem.level]}: ` }),
      problem.field
        ? button(label, () => goTo(problem.field), {
            className: "evreg-go",
            title: `${word.toField} (${problem.field})`,
            "data-key": `problem-${index}`,
          })
        : label,
      make("span", { className: "evreg-text", textContent: text }),
    );
  });
  return [make("h2", { textContent: word.problemsHere }), make("ul", {}, ...items)];
}

function conflictParts(word, path) {
  const conflict = session.conflicts.get(path);
  if (!conflict) return [];
  const value = (side) => (side === null ? word.nothing : typeof side === "string" ? side : JSON.stringify(side, null, 1));
  const items = conflict.fields.map(({ field, label, mine, theirs }) =>
    make(
      "li",
      { className: "evreg-problem evreg-error" },
      button(inLanguage(label) || field, () => goTo(field), { className: "evreg-go" }),
      make(
        "dl",
        {},
        make("dt", { textContent: word.mine }),
        make("dd", { textContent: value(mine) }),
        make("dt", { textContent: word.theirs }),
        make("dd", { textContent: value(theirs) }),
      ),
    ),
  );
  const choose = (prefer) => () => saveAndReload(path, conflict.text, prefer);
  return [
    make("h2", { textContent: word.conflicts }),
    make("ul", {}, ...items),
    make(
      "p",
      { className: "evreg-buttons" },
      button(word.keepMine, choose("mine"), { "data-key": "mine" }),
      button(word.keepTheirs, choose("theirs"), { "data-key": "theirs" }),
    ),
  ];
}

/** Drafts but the one whose text stands in the form anyway. */
const otherDrafts = (path) => session.drafts.filter((draft) => draft.path !== path || !session.inForm.has(path));

function draftParts(word, opened) {
  const drafts = otherDrafts(opened);
  if (!drafts.length) return [];
  const items = drafts.map(({ path, kept }) => {
    const time = new Date(kept).toLocaleString(session.language, { dateStyle: "medium", timeStyle: "short" });
    const discard = () => confirm(words().discardSure) && discardDraft(path);
    return make(
      "li",
      {},
      make("span", { className: "evreg-draft", textContent: path.replace("kb/entries/", "") }),
      make("span", { className: "evreg-quiet", textContent: word.draftOf(time) }),
      make(
        "span",
        { className: "evreg-buttons" },
        session.resumed.has(path) ? null : button(word.open, () => resume(path), { "data-key": `open-${path}` }),
        button(word.discard, discard, { "data-key": `discard-${path}` }),
      ),
    );
  });
  return [
    make("h2", { textContent: word.drafts }),
    make("p", { className: "evreg-quiet", textContent: word.draftsExplained }),
    make("ul", {}, ...items),
  ];
}
