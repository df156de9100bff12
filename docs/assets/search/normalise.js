// What a reader types, in the spelling that the index holds. The Python side is publish/search_words.py.

const LARGE = { ァ: "ア", ィ: "イ", ゥ: "ウ", ェ: "エ", ォ: "オ", ッ: "ツ", ャ: "ヤ", ュ: "ユ", ョ: "ヨ", ヮ: "ワ", ヵ: "カ", ヶ: "ケ", ヂ: "ジ", ヅ: "ズ", ー: "" };
const VU = { ヴァ: "バ", ヴィ: "ビ", ヴェ: "ベ", ヴォ: "ボ", ヴ: "ブ" };
const KATAKANA = /[ァ-ヺー]{3,}/g;
const REGISTERED = /\b(nct|jrct[\s-]?[a-z]?|umin|chictr|isrctn|irct|actrn|ctri|kct|drks)[\s-]*(\d(?:[\s-]?\d){2,})/gi;
const EUROPEAN = /\b(\d{4})[\s-](\d{6})[\s-](\d{2})(?:[\s-](\d{2}))?\b/g;

/** A katakana word without the differences of spelling that readers make. */
export const fold = (word) => word.replace(/ヴ[ァィェォ]?/g, (part) => VU[part]).replace(/./gu, (sign) => LARGE[sign] ?? sign);

/** The made-up word under which the entry that bears exactly this name is indexed. */
export const token = (text) => {
  const name = fold(text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ""));
  let number = 2166136261;
  for (const sign of name) number = Math.imul(number ^ sign.codePointAt(0), 16777619) >>> 0;
  let letters = "evx";
  for (let shift = 24; shift >= 0; shift -= 4) letters += "bcdfghjklmnpqrtv"[(number >>> shift) & 15];
  return letters;
};

/** NFKC (half-width kana, full-width letters), hyphens for long vowels, numbers without spaces and hyphens. */
export const plain = (text) =>
  text
    .normalize("NFKC")
    .replace(/(?<=[ァ-ヺ])[-‐-―−](?=[ァ-ヺ]|$)/g, "ー")
    .replace(REGISTERED, (number) => number.replace(/[\s-]/g, "").toLowerCase())
    .replace(EUROPEAN, (number) => number.replace(/[\s-]/g, ""))
    .replace(/\s+/g, " ")
    .trim();

/** True when spellings of katakana words are worth fetching. */
export const hasKatakana = (text) => text.search(KATAKANA) >= 0;

/** Katakana words cut down to their first part, as the browser divides them. */
export const firstParts = (text) => {
  if (typeof Intl.Segmenter === "undefined") return text;
  const parts = new Intl.Segmenter("ja", { granularity: "word" });
  return text.replace(KATAKANA, (word) => [...parts.segment(word)].find(({ segment }) => segment.length > 1)?.segment ?? word);
};

/** Katakana words as the atlas spells them. */
export const respelled = (text, spellings) => text.replace(KATAKANA, (word) => spellings[fold(word)] ?? word);
