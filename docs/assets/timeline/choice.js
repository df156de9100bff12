// The choice of filters as data: from the address, back to it, and against a row. No document needed.

// Name -> value for each of `names` that the query gives; empty text where it gives none.
export function chosenFrom(search, names) {
  const query = new URLSearchParams(search);
  return Object.fromEntries(names.map((name) => [name, query.get(name) ?? ""]));
}

// The query for a choice; empty when nothing is chosen.
export function searchOf(chosen) {
  const query = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value));
  return query.size ? `?${query}` : "";
}

// True when a row has every chosen value; a row may have several, separated by spaces.
export function fits(data, chosen) {
  return Object.entries(chosen).every(([letter, value]) => !value || (data[letter] ?? "").split(" ").includes(value));
}
