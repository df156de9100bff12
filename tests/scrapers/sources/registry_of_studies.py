"""A ClinicalTrials.gov of our own on the loopback server: version, search with tokens, and studies by id."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from tests.scrapers.server import Loopback, Reply, Seen

DATA = "2026-11-20T09:00:05"


def study(nct: str = "NCT09000001", **modules: Any) -> dict[str, Any]:
    """A study in which inhaled exosomes are given; a keyword lays values over a module, None takes the module away."""
    protocol: dict[str, Any] = {
        "identificationModule": {
            "nctId": nct,
            "orgStudyIdInfo": {"id": "EX-01"},
            "briefTitle": f"Inhaled MSC Exosomes for ARDS, study {nct}",
        },
        "statusModule": {
            "statusVerifiedDate": "2026-10",
            "overallStatus": "RECRUITING",
            "startDateStruct": {"date": "2026-03", "type": "ACTUAL"},
            "primaryCompletionDateStruct": {"date": "2027-06", "type": "ESTIMATED"},
            "completionDateStruct": {"date": "2027-12-31", "type": "ESTIMATED"},
            "studyFirstSubmitDate": "2026-02-01",
            "studyFirstPostDateStruct": {"date": "2026-02-10", "type": "ACTUAL"},
            "lastUpdatePostDateStruct": {"date": "2026-10-15", "type": "ACTUAL"},
        },
        "sponsorCollaboratorsModule": {
            "responsibleParty": {"type": "SPONSOR"},
            "leadSponsor": {"name": "Example University Hospital", "class": "OTHER"},
        },
        "descriptionModule": {"briefSummary": "Exosomes are nebulised."},
        "conditionsModule": {"conditions": ["Acute Respiratory Distress Syndrome"]},
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE1", "PHASE2"],
            "designInfo": {
                "allocation": "RANDOMIZED",
                "interventionModel": "PARALLEL",
                "primaryPurpose": "TREATMENT",
                "maskingInfo": {"masking": "QUADRUPLE", "whoMasked": ["PARTICIPANT"]},
            },
            "enrollmentInfo": {"count": 40, "type": "ESTIMATED"},
        },
        "armsInterventionsModule": {
            "armGroups": [
                {
                    "label": "Exosomes",
                    "type": "EXPERIMENTAL",
                    "description": "2 x 10^8 particles by nebuliser, days 1-5",
                    "interventionNames": ["Biological: Allogeneic adipose MSC exosomes"],
                },
                {"label": "Saline", "type": "PLACEBO_COMPARATOR", "interventionNames": ["Other: Saline"]},
            ],
            "interventions": [
                {
                    "type": "BIOLOGICAL",
                    "name": "Allogeneic adipose MSC exosomes",
                    "description": "Nebulised inhalation",
                    "armGroupLabels": ["Exosomes"],
                },
                {"type": "OTHER", "name": "Saline"},
            ],
        },
        "outcomesModule": {"primaryOutcomes": [{"measure": "PaO2/FiO2 \\> 200", "timeFrame": "28 days"}]},
        "contactsLocationsModule": {"locations": [{"country": "China"}, {"country": "China"}]},
    }
    for name, values in modules.items():
        if values is None:
            del protocol[name]
        elif name in protocol:
            protocol[name] |= values
        else:
            protocol[name] = values
    return {"protocolSection": deepcopy(protocol), "hasResults": False}


class Registry:
    """What the service answers; every attribute may be changed between two runs."""

    def __init__(self, server: Loopback, *studies: dict[str, Any]) -> None:
        self.studies, self.data, self.page = list(studies), DATA, 2
        self.found: dict[str, list[dict[str, Any]]] | None = None
        self.versions: list[str] = []
        server.on("/api/v2/version", self._version)
        server.on("/api/v2/studies", self._studies)
        self.server = server

    def asked(self, path: str = "/api/v2/studies") -> list[dict[str, str]]:
        """The queries sent, in order."""
        return [seen.query for seen in self.server.seen if seen.path == path]

    def _version(self, _: Seen) -> Reply:
        data = self.versions.pop(0) if self.versions else self.data
        return Reply({"apiVersion": "2.0.5", "dataTimestamp": data})

    def _studies(self, seen: Seen) -> Reply:
        query = seen.query
        if "filter.ids" in query:
            return Reply({"studies": self._by_ids(query["filter.ids"].split("|"))})
        area = next(name for name in query if name.startswith("query.")).removeprefix("query.")
        found = self.studies if self.found is None else self.found.get(area, [])
        start = int(query.get("pageToken", "t0")[1:])
        answer: dict[str, Any] = {"studies": found[start : start + self.page]}
        if not start:
            answer["totalCount"] = len(found)
        if start + self.page < len(found):
            answer["nextPageToken"] = f"t{start + self.page}"
        return Reply(answer)

    def _by_ids(self, ids: list[str]) -> list[dict[str, Any]]:
        def names(item: dict[str, Any]) -> set[str]:
            module = item["protocolSection"]["identificationModule"]
            return {module["nctId"], *module.get("nctIdAliases", [])}

        return [item for item in self.studies if names(item) & set(ids)]
