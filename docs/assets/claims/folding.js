// Text as advertisements write it, folded to one form, with the way back to every original character; kb/claims/folding.py.

/** Folded characters and, for each, where in the original the characters it came from begin and end, in code points. */
export const fold = (text, { fold: table, voiced, voicing }) => {
  const characters = [];
  const starts = [];
  const ends = [];
  let place = 0;
  for (const character of text) {
    for (const folded of table.get(character) ?? [character]) {
      const whole = voicing.has(folded) && characters.length ? voiced.get(characters[characters.length - 1] + folded) : undefined;
      if (whole) {
        characters[characters.length - 1] = whole;
        ends[ends.length - 1] = place + 1;
      } else {
        characters.push(folded);
        starts.push(place);
        ends.push(place + 1);
      }
    }
    place += 1;
  }
  return { characters, starts, ends };
};
