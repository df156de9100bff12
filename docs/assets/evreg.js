// On /report/: says which entry the reader came from, and leads to it in the form. Only when it looks like an entry.
(() => {
  const here = document.currentScript.src;
  const place = document.querySelector("[data-ev-report]");
  const entry = new URLSearchParams(location.search).get("entry") || "";
  if (place && /^[a-z-]+\/[a-z0-9.-]+$/.test(entry)) {
    place.querySelector("code").textContent = entry;
    place.hidden = false;
  }
  const form = document.querySelector("[data-ev-edit]");
  if (form) {
    // The form stands once, beside the English pages; the Japanese ones are a folder further down.
    const address = new URL(document.documentElement.lang === "ja" ? "../../admin/" : "../admin/", here);
    const [collection, id] = place.hidden ? [] : entry.split("/");
    if (id) address.hash = `/collections/${collection}/entries/${id}`;
    const link = document.createElement("a");
    link.href = address;
    link.append(...form.childNodes);
    form.append(link);
  }
})();
// The search: «/» or the button in the header opens it. Its scripts are fetched only then, or on the search page.
(() => {
  const here = document.currentScript.src;
  const load = (name) => import(new URL(`search/${name}.js`, here));
  const root = new URL("../", here);
  const open = () => load("dialog").then(({ openSearch }) => openSearch(root));
  const typing = (place) => place instanceof Element && place.closest("input, textarea, select, [contenteditable]") && !place.closest("dialog:not([open])");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    event.preventDefault();
    open();
  });
  const button = document.querySelector(".ev-search-open");
  if (button) {
    button.setAttribute("role", "button");
    button.setAttribute("aria-haspopup", "dialog");
    button.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
  }
  const form = document.querySelector("[data-ev-search]");
  if (form) load("page").then(({ startPage }) => startPage(root, form));
})();
// The theme's switch of schemes is two hidden radio buttons of which it checks none: the keyboard would land on the one
// whose label is not shown, and nobody would see where the focus is.
document.addEventListener("focusin", ({ target }) => {
  if (!target.matches(".md-option") || !target.nextElementSibling.hidden) return;
  const shown = [...document.querySelectorAll(".md-option")].find((option) => !option.nextElementSibling.hidden);
  if (shown) {
    shown.checked = true;
    shown.focus();
  }
});
// The theme's menu button on phones is a label, out of the keyboard's reach; its closed drawer, hidden by evreg.css, was not.
(() => {
  const label = document.querySelector(".md-header__button[for=__drawer]");
  const drawer = document.getElementById("__drawer");
  if (!label || !drawer) return;
  const button = document.createElement("button");
  for (const { name, value } of label.attributes) button.setAttribute(name, value);
  button.type = "button";
  button.setAttribute("aria-label", document.documentElement.lang === "ja" ? "メニュー" : "Menu");
  button.append(...label.childNodes);
  label.replaceWith(button);
  const say = () => button.setAttribute("aria-expanded", String(drawer.checked));
  say();
  drawer.addEventListener("change", () => {
    drawer.dataset.evUsed = "";
    say();
  });
  button.addEventListener("click", () => drawer.click());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.checked) return;
    drawer.click();
    button.focus();
  });
})();
