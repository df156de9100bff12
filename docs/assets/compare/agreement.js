// How far the cells of one row agree; the same rule as kb/analysis/comparison.py. A missing cell is no answer.

/** @param {Array<[string[]|null, string]|undefined>} cells */
export function agreement(cells) {
  const known = cells.filter((cell) => cell);
  if (!known.length) return "empty";
  if (known.some(([token]) => token === null)) return "words";
  if (new Set(known.map(([token]) => token.join(" "))).size > 1) return "differs";
  return known.length === cells.length ? "same" : "partial";
}
