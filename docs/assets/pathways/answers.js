// The table of answers that the build computed: a question leads to one answer for each jurisdiction. Nothing is matched here.

/** Read the table. */
export const openAnswers = async (address) => {
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(`${address}: ${reply.status}`);
  const table = await reply.json();
  return { ...table, ask: (question) => asked(table, question) };
};

/** Id of a profile -> its answer to a question ({source: code, …}; the empty code leaves a property open). */
const asked = ({ dimensions, places, answers, patterns, questions }, question) => {
  const number = dimensions.reduce((sum, [name, codes]) => sum * codes.length + Math.max(0, codes.indexOf(question[name] ?? "")), 0);
  const pattern = patterns[questions[number]];
  return new Map(places.map((place, index) => [place, named(answers[pattern[index]])]));
};

const named = ([outcome, cases, displaced, gaps, classes]) => ({ outcome, cases: new Map(cases), displaced, gaps: gaps === 1, classes });

/** Under which heading of the summary an answer belongs: its class where it has one, else the outcome. */
export const groupOf = ({ outcome, classes }) => (["classified", "barred", "outside", "not-settled"].includes(outcome) ? classes[0] : outcome);
