from __future__ import annotations

import csv
import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from kb import KnowledgeBase
from kb.observed import Observation, write_observed
from kb.overlay import overlaid
from kb.vocabulary import packaged_vocabularies
from scrapers.faults import SourceFault
from scrapers.sources import clinic_observer
from scrapers.sources.clinic_observer import CLAIMED, wordings
from tests.entries import minimal
from tests.scrapers.conftest import MakeFetcher
from tests.scrapers.server import Loopback, Reply
from tests.scrapers.sources.small_kb import TODAY, knowledge_base, visit

FILLER = "当院では細胞外小胞に関する自由診療を行っている。" * 8


def page(text: str, name: str = "ひみつクリニック") -> str:
    return (
        f"<html><head><title>{name}</title></head><body><main><h1>{name}</h1><p>{text}</p>{FILLER}</main></body></html>"
    )


@pytest.fixture
def base() -> KnowledgeBase:
    claims = [
        minimal("claims", "skin", wording={"ja": ["美肌", "ＡＢＣ効果"], "en": ["glowing skin"]}),
        minimal("claims", "joint", category="musculoskeletal", wording={"ja": ["膝の痛みが消える"]}),
    ]
    return knowledge_base({"claims": claims, "jurisdictions": [minimal("jurisdictions", "jp")]})


@pytest.fixture
def run(make_fetcher: MakeFetcher, server: Loopback, base: KnowledgeBase, tmp_path: Path) -> Any:
    def running(*rows: str, file: Path | None = None, **options: Any) -> list[Observation]:
        if file is None:
            file = tmp_path / "private" / "list.csv"
            file.parent.mkdir(exist_ok=True)
            file.write_text("url,jurisdiction,language\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        fetcher = make_fetcher("clinic-observer", attended=True, source={"base": None})
        kb = options.pop("kb", base)
        module = clinic_observer.MODULE
        assert module.observe is not None
        return list(module.observe(visit(fetcher, kb, files=(file,), **options)))  # type: ignore[arg-type]

    return running


def rows(server: Loopback, count: int, text: str = "美肌になる。") -> list[str]:
    for number in range(count):
        server.say(f"/clinic-{number}", page(text))
    return [f"{server.url}/clinic-{number},JP,ja" for number in range(count)]


def test_counts_by_month_and_jurisdiction(run: Any, server: Loopback) -> None:
    listed = rows(server, 6)
    server.say("/clinic-0", page("美肌。膝の痛みが消える。"))
    (found,) = run(*listed)
    assert found.entry == "jurisdictions/jp"
    assert found.facts == {CLAIMED: {"2026-11": {"pages": 6, "types": {"musculoskeletal": "<5", "skin": 6}}}}


def test_no_address_and_no_name_leaves_the_private_folder(run: Any, server: Loopback, tmp_path: Path) -> None:
    (found,) = run(*rows(server, 5))
    root = tmp_path / "kb"
    assert write_observed(root, found)
    written = b"".join(file.read_bytes() for file in root.rglob("*") if file.is_file()).decode()
    for secret in (server.url, "127.0.0.1", "clinic-", "ひみつ", "http"):
        assert secret not in written.replace("urn:evreg:clinic-observer", "").replace("source: clinic-observer", "")
    assert [path.name for path in root.rglob("*") if "127" in path.name] == []


def test_few_pages_are_not_published(run: Any, server: Loopback) -> None:
    assert run(*rows(server, 4)) == []


def test_the_evidence_is_kept_with_its_hash(run: Any, server: Loopback, tmp_path: Path) -> None:
    run(*rows(server, 5))
    folder = tmp_path / "private" / "evidence"
    noted = list(csv.DictReader((folder / "index.csv").read_text(encoding="utf-8").splitlines()))
    assert len(noted) == 5
    for row in noted:
        content = (folder / row["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["warc_sha256"]
        with (folder / row["file"]).open("rb") as file:
            record = next(iter(ArchiveIterator(file)))
            assert record.rec_headers.get_header("WARC-Target-URI") == row["url"]
            assert record.http_headers.get_statuscode() == "200"
            assert hashlib.sha256(record.content_stream().read()).hexdigest() == row["body_sha256"]
    assert not list(folder.rglob("*.tmp"))


def test_once_a_day_is_enough(run: Any, server: Loopback, tmp_path: Path) -> None:
    listed = rows(server, 5)
    first, second = run(*listed), run(*listed)
    assert first == second
    assert len((tmp_path / "private" / "evidence" / "index.csv").read_text().splitlines()) == 6


def test_earlier_months_stay(run: Any, server: Loopback, base: KnowledgeBase) -> None:
    listed = rows(server, 5)
    (first,) = run(*listed)
    plain = {"claims": [], "jurisdictions": [minimal("jurisdictions", "jp")]}
    (second,) = run(*listed, kb=knowledge_base(plain, [first]), today=TODAY + timedelta(days=30))
    assert list(second.facts[CLAIMED]) == ["2026-11", "2026-12"]
    profile = base.jurisdictions["jp"]
    assert overlaid(profile, [second], packaged_vocabularies()).entry == profile


@pytest.mark.parametrize("place", [".git", "inside a package"])
def test_a_list_in_a_repository_is_refused(run: Any, server: Loopback, tmp_path: Path, place: str) -> None:
    repository = tmp_path / "work"
    (repository / ".git").mkdir(parents=True)
    file = repository / "deep" / "list.csv"
    file.parent.mkdir()
    file.write_text(f"url,jurisdiction,language\n{server.url}/x,JP,ja\n", encoding="utf-8")
    if place != ".git":
        link = tmp_path / "link.csv"
        link.symlink_to(file)
        file = link
    with pytest.raises(SourceFault, match="inside a repository"):
        run(file=file)
    with pytest.raises(SourceFault, match="inside a repository"):
        run(file=Path(clinic_observer.__file__).with_name("list.csv"))
    assert server.seen == []


def test_evidence_in_a_repository_is_refused(run: Any, server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVREG_CLINIC_EVIDENCE", str(Path(clinic_observer.__file__).parent / "evidence"))
    with pytest.raises(SourceFault, match="inside a repository"):
        run(*rows(server, 5))
    assert server.seen == []


@pytest.mark.parametrize("row", ["javascript:alert(1),JP,ja", "https://secret.example/,XX,ja", "https://secret.example/,JP,", "secret"])  # fmt: skip
def test_a_bad_line_is_named_by_its_number_only(run: Any, row: str) -> None:
    with pytest.raises(SourceFault) as fault:
        run("https://a.example/,JP,ja", row)
    assert "line 3" in fault.value.found.en
    assert "secret" not in f"{fault.value} {fault.value.expected} {fault.value.remedy}"


def test_a_missing_list_names_no_path(run: Any, tmp_path: Path) -> None:
    with pytest.raises(SourceFault) as fault:
        run(file=tmp_path / "secret-list.csv")
    assert "secret-list" not in str(fault.value)


def test_pages_that_refuse_are_left_out_silently(run: Any, server: Loopback) -> None:
    listed = rows(server, 6)
    server.say("/robots.txt", Reply("User-agent: *\nDisallow: /clinic-0", content_type="text/plain"))
    server.say("/clinic-1", Reply("", 404, "text/plain"))
    assert run(*listed) == []
    assert server.count("/clinic-0") == 0


def test_the_list_may_come_from_the_environment(
    make_fetcher: MakeFetcher, base: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetcher = make_fetcher("clinic-observer", attended=True, source={"base": None})
    monkeypatch.delenv("EVREG_CLINIC_LIST", raising=False)
    with pytest.raises(SourceFault, match="0 lists"):
        list(clinic_observer.observe(visit(fetcher, base), wordings(base)))
    file = tmp_path / "list.csv"
    file.write_text("url,jurisdiction,language\n", encoding="utf-8")
    monkeypatch.setenv("EVREG_CLINIC_LIST", str(file))
    assert list(clinic_observer.observe(visit(fetcher, base), wordings(base))) == []


def test_it_does_not_run_unattended(make_fetcher: MakeFetcher) -> None:
    with pytest.raises(SourceFault) as fault:
        make_fetcher("clinic-observer", source={"base": None})
    assert fault.value.kind == "by-hand"


def test_the_caller_may_bring_another_way_to_find_claims(
    make_fetcher: MakeFetcher, server: Loopback, base: KnowledgeBase, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("\n".join(["url,jurisdiction,language", *rows(server, 5)]), encoding="utf-8")
    asked: list[tuple[str, str]] = []

    def types(text: str, language: str) -> list[str]:
        asked.append((text, language))
        return ["regulatory-claim", "regulatory-claim"]

    module = clinic_observer.observer(lambda kb: types)
    assert module.observe is not None
    fetcher = make_fetcher("clinic-observer", attended=True, source={"base": None})
    (found,) = module.observe(visit(fetcher, base, files=(file,)))
    assert isinstance(found, Observation)
    assert found.facts[CLAIMED] == {"2026-11": {"pages": 5, "types": {"regulatory-claim": 5}}}
    assert "美肌になる。" in asked[0][0]
    assert asked[0][1] == "ja"


def test_wordings_are_found_whatever_their_width(base: KnowledgeBase) -> None:
    types = wordings(base)
    assert types("abc効果 があります", "ja") == ["skin"]
    assert types("Glowing  SKIN", "en") == ["skin"]
    assert types("Glowing skin", "ja") == []
