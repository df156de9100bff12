// On /report/: says which entry the reader came from. Only as text, and only when it looks like an entry.
(() => {
  const place = document.querySelector("[data-ev-report]");
  const entry = new URLSearchParams(location.search).get("entry") || "";
  if (place && /^[a-z-]+\/[a-z0-9.-]+$/.test(entry)) {
    place.querySelector("code").textContent = entry;
    place.hidden = false;
  }
})();
