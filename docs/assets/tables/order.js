// How cells are compared: numbers as numbers, words as the page's language sorts them, unknown values last either way.
const NUMBER = /^-?\d+(\.\d+)?$/;
const words = new Intl.Collator(document.documentElement.lang || "en", { numeric: true });

/** Below zero when `a` comes first; `direction` is 1 for ascending, -1 for descending. */
export function compared(a, b, direction) {
  const [left, right] = [String(a ?? ""), String(b ?? "")];
  if (left === "" || right === "") return (left === "") - (right === "");
  const order = NUMBER.test(left) && NUMBER.test(right) ? left - right : words.compare(left, right);
  return direction * order;
}
