// In which language a text is written; said, not guessed: other languages are named as such; kb/claims/languages.py.

/** "en", "ja", "other" or "none" (no letters): Japanese by its kana, English by its function words. */
export const languageOf = (parts, { letters, english }) => {
  const text = parts.map((part) => part.text).join("\n");
  const count = (pattern) => (text.match(pattern) ?? []).length;
  const [kana, han, latin] = [letters.kana, letters.han, letters.latin].map(count);
  const other = (text.match(letters.any) ?? []).filter((letter) => !letters.ours.test(letter)).length;
  const all = kana + han + latin + other;
  if (!all) return "none";
  if (2 * other > all) return "other";
  // Chinese has no kana; a Japanese headline of some words may have none either.
  if (kana + han > 0.2 * all) return 20 * kana >= kana + han || han < 12 ? "ja" : "other";
  return latinLanguage(text.match(letters.word) ?? [], english);
};

const latinLanguage = (words, english) => (words.length < 8 || 12 * words.filter((word) => english.has(word)).length >= words.length ? "en" : "other");
