// Exchanges a chart's still picture for the interactive one when the reader asks for it; nothing is loaded before.

const ONLY_ERRORS = 1;
let library;
const vega = (address) => (library ??= import(new URL(address, document.baseURI)));

// The specification names the light colours; each stands for a property of the page, which is dark or light.
function inColoursOf(element, spec, colours) {
  const style = getComputedStyle(element);
  const shown = Object.fromEntries(Object.entries(colours).map(([colour, name]) => [colour, style.getPropertyValue(name).trim() || colour]));
  const seen = (value) => {
    if (typeof value === "string") return shown[value] ?? value;
    if (Array.isArray(value)) return value.map(seen);
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, seen(item)]));
    return value;
  };
  return seen(spec);
}

const tip = document.createElement("div");
tip.className = "ev-chart-tip";
tip.hidden = true;

// Vega's own tooltip would need style sheets that the site's policy forbids.
function showTip(handler, event, item, value) {
  const rows = value && typeof value === "object" ? Object.entries(value) : value ? [["", value]] : [];
  tip.hidden = rows.length === 0;
  if (tip.hidden) return;
  const list = document.createElement("dl");
  for (const [name, content] of rows) {
    const term = document.createElement("dt");
    const definition = document.createElement("dd");
    term.textContent = name;
    definition.textContent = content;
    list.append(term, definition);
  }
  tip.replaceChildren(list);
  const { width, height } = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(event.clientX + 12, innerWidth - width - 8))}px`;
  tip.style.top = `${event.clientY + 16 + height > innerHeight ? event.clientY - height - 10 : event.clientY + 16}px`;
}

async function draw(figure, live) {
  const [{ vegaEmbed }, response] = await Promise.all([vega(figure.dataset.evVega), fetch(figure.dataset.evChart)]);
  if (!response.ok) throw new Error(response.statusText);
  const { spec, colours, alt } = await response.json();
  document.body.append(tip);
  const options = { ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip: showTip, loader: { http: false }, logLevel: ONLY_ERRORS };
  await vegaEmbed(live, inColoursOf(figure, spec, colours), options);
  // Vega gives roles to single marks but no names; the chart has one name and a table of its numbers.
  const picture = live.querySelector("svg");
  picture.setAttribute("aria-hidden", "true");
  picture.classList.add("ev-chart-svg");
  live.setAttribute("role", "img");
  live.setAttribute("aria-label", alt);
}

function start(figure) {
  const button = figure.querySelector(".ev-chart-run");
  const frame = figure.querySelector(".ev-chart-picture");
  const still = frame.firstElementChild;
  let live;
  const show = (interactive) => {
    still.toggleAttribute("hidden", interactive);
    live.hidden = !interactive;
    button.textContent = interactive ? button.dataset.on : button.dataset.off;
    tip.hidden = true;
  };
  // The drawn chart has the colours of the scheme in which it was asked for.
  new MutationObserver(() => {
    if (!live) return;
    show(false);
    live.remove();
    live = undefined;
  }).observe(document.body, { attributes: true, attributeFilter: ["data-md-color-scheme"] });
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (live) return show(live.hidden);
    button.disabled = true;
    live = document.createElement("div");
    live.className = "ev-chart-live";
    frame.append(live);
    try {
      await draw(figure, live);
      show(true);
    } catch {
      live.remove();
      live = undefined;
      button.textContent = button.dataset.failed;
    }
    button.disabled = false;
    button.focus();
  });
}

document.querySelectorAll("figure[data-ev-chart]").forEach(start);
