// What is chosen, to and from the address: ?q=dose&jurisdiction=JP&jurisdiction=US&sort=-date

/** The choice in a query string; codes that the table does not know are no harm, they tick no box. */
export function chosenIn(search, facets) {
  const query = new URLSearchParams(search);
  return {
    q: query.get("q") ?? "",
    sort: query.get("sort") ?? "",
    chosen: Object.fromEntries(facets.map((facet) => [facet, query.getAll(facet)])),
  };
}

/** The address of the page with a choice. */
export function addressOf({ pathname, hash }, { q, sort, chosen }) {
  const query = new URLSearchParams();
  if (q) query.set("q", q);
  for (const [facet, codes] of Object.entries(chosen)) for (const code of codes) query.append(facet, code);
  if (sort) query.set("sort", sort);
  const text = query.toString();
  return `${pathname}${text ? `?${text}` : ""}${hash}`;
}
