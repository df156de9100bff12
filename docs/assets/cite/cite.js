// «Cite this entry»: buttons that copy or save a citation. The texts themselves stand on the page.

/** The page's own address where the published one is not known, in place of the bare path. */
function completed(text, box) {
  const path = box.dataset.path;
  if (!path) return text;
  const here = document.documentElement.lang === "ja" ? `/ja${path}` : path;
  const own = new URL("./", location).href;
  const root = own.slice(0, own.length - here.length);
  return text.replaceAll(`/ja${path}`, "\u0000").replaceAll(path, `${root}${path}`).replaceAll("\u0000", `${root}/ja${path}`);
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", () => act(made));
  return made;
}

/** Copying by way of a selection also works where the clipboard is closed to pages (plain http). */
async function copy(place, text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const selection = getSelection();
    selection.selectAllChildren(place);
    document.execCommand("copy");
    selection.removeAllRanges();
  }
}

function save(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

for (const box of document.querySelectorAll("[data-ev-cite]")) {
  const status = document.createElement("p");
  status.className = "ev-key";
  status.setAttribute("role", "status");
  for (const place of box.querySelectorAll("[data-ev-text]")) {
    const text = completed(place.textContent, box);
    place.textContent = text;
    const actions = document.createElement("div");
    actions.className = "ev-cite-actions";
    actions.append(button(box.dataset.copy, async (made) => {
      await copy(place, text);
      made.textContent = status.textContent = box.dataset.copied;
      setTimeout(() => { made.textContent = box.dataset.copy; status.textContent = ""; }, 2000);
    }));
    if (place.dataset.ending) {
      actions.append(button(box.dataset.save, () => save(text, `${box.dataset.evCite}.${place.dataset.ending}`)));
    }
    place.after(actions);
  }
  box.append(status);
}
