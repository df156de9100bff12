"""A registry on the loopback address that answers like ClinicalTrials.gov API v2, each time after 20 ms.

``python -m bench.registry_server`` prints its port and serves until its standard input ends; a request to
``/move?to=TIME`` changes the version of its data, and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

#: Seconds before every answer.
LATENCY = 0.02


def study(nct: str) -> dict[str, Any]:
    """One study of about 5 KB, the median of the modules that are read."""
    outcome = {"measure": f"Particles in {nct}", "timeFrame": "12 weeks", "description": "Measured twice. " * 40}
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": nct,
                "briefTitle": f"Vesicles, study {nct}",
                "officialTitle": f"A study of vesicles numbered {nct}",
            },
            "statusModule": {
                "statusVerifiedDate": "2026-05",
                "overallStatus": "RECRUITING",
                "startDateStruct": {"date": "2025-01-15", "type": "ACTUAL"},
                "completionDateStruct": {"date": "2027-06", "type": "ESTIMATED"},
                "studyFirstPostDateStruct": {"date": "2024-12-01", "type": "ACTUAL"},
                "lastUpdatePostDateStruct": {"date": "2026-06-30", "type": "ACTUAL"},
            },
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": "A university hospital", "class": "OTHER"}},
            "designModule": {
                "studyType": "INTERVENTIONAL",
                "phases": ["PHASE1"],
                "enrollmentInfo": {"count": 24, "type": "ESTIMATED"},
            },
            "outcomesModule": {"primaryOutcomes": [outcome] * 5},
        },
        "hasResults": False,
    }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # Head and body leave together; apart, the second would wait for the acknowledgement of the first.
    version = "2026-07-01T09:00:00"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/move":
            _Handler.version = query["to"]
        time.sleep(LATENCY)
        answer = self._answer(parts.path, query)
        body = json.dumps(answer).encode() if answer is not None else b"none"
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        status = 404 if answer is None else 304 if self.headers.get("If-None-Match") == tag else 200
        self.send_response(status)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", "application/json")
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    def _answer(self, path: str, query: dict[str, str]) -> Any:
        *_, last = path.split("/")
        if last in ("version", "move"):
            return {"apiVersion": "2.0.5", "dataTimestamp": self.version}
        if last == "studies":
            numbers = query["filter.ids"].split("|")
            return {"totalCount": len(numbers), "studies": [study(number) for number in numbers]}
        return study(last) if last.startswith("NCT") else None

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that is killed is part of what is measured."""


def main() -> None:
    """Serve until standard input ends."""
    server = _Server(("127.0.0.1", 0), _Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
