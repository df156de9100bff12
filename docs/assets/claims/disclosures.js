// Whether a text offers a treatment, so that statements may be asked of it; kb/claims/disclosures.py.

/** Never true of a report. */
export const offersTreatment = ({ genre, language, findings, concepts }, { offers }) => {
  if (genre.reports || language === "other" || language === "none") return false;
  return findings.length > 0 || (concepts.has("ev-product") && genre.offer >= offers);
};
