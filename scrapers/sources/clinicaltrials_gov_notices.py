"""What ClinicalTrials.gov says about an entry that is no field of it: another id, posted results, retracted papers."""

from __future__ import annotations

from collections.abc import Iterator

from kb.models.base import Localized
from kb.models.trials import Trial
from kb.proposals import Proposal
from scrapers.source import Visit
from scrapers.sources.clinicaltrials_gov_mapping import page_of
from scrapers.sources.clinicaltrials_gov_records import Study
from scrapers.sources.notices import notice


def notices(visit: Visit, trial: Trial, study: Study, asked: str) -> Iterator[Proposal]:
    """Everything to read about one entry.

    Args:
        visit: The visit that found it.
        trial: The entry.
        study: What the registry answered.
        asked: The id under which the entry knows the study.
    """
    nct, entry = study.protocol.identification.nct_id, f"trials/{trial.id}"
    url = page_of(nct)
    if nct != asked:
        yield notice(
            visit, f"{asked.lower()}-alias", entry,
            Localized(
                en=f"{asked} is an obsolete number; the registry keeps the study as {nct}.",
                ja=f"{asked}は旧番号であり、登録機関では{nct}として管理されている。",
            ),
            url, f"{asked} is {nct}", confidence="high",
        )  # fmt: skip
    posted = study.protocol.status.results_posted.date
    if (study.has_results or posted) and not any(result.kind == "registry" for result in trial.results):
        yield notice(
            visit, f"{asked.lower()}-results", entry,
            Localized(
                en=f"Results are posted at ClinicalTrials.gov ({posted or 'day not given'}); the entry has none of them.",
                ja=f"ClinicalTrials.govに結果が掲載されている({posted or '掲載日の記載なし'})。エントリーには未記載である。",
            ),
            url, f"{asked} results {posted}", confidence="high",
        )  # fmt: skip
    cited = {result.pmid for result in trial.results} | {source.pmid for source in trial.sources}
    for reference in study.protocol.references.references:
        if reference.retractions and reference.pmid in cited - {None}:
            said = ", ".join(item.source or item.pmid or "?" for item in reference.retractions)
            yield notice(
                visit, f"{asked.lower()}-retraction-{reference.pmid}", entry,
                Localized(
                    en=f"ClinicalTrials.gov marks PubMed {reference.pmid}, which the entry cites, as retracted.",
                    ja=f"エントリーが引用するPubMed {reference.pmid}が、ClinicalTrials.govで撤回論文と表示されている。",
                ),
                url, f"{reference.pmid} retracted: {said}", kind="retraction", confidence="high",
            )  # fmt: skip
