"""The contract of an engine: what Whoosh and FTS5 must answer alike."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search import engine as engine_module
from search.asking import Alternative, Concept, Every, Filter, Together
from search.engine import Engine, IndexDamaged, OpenIndex
from search.opening import engine_named
from search.pooling import FIELDS, AnalysedDocument

ROOT = Path(__file__).parents[2]
ENGINES = ["whoosh", "fts5"]


def document(
    number: int, title: list[str], body: list[str], facet: str = "jp", words: tuple[str, ...] = ()
) -> AnalysedDocument:
    fields = {name: Counter[str]() for name in FIELDS} | {"title": Counter(title), "body": Counter(body)}
    return AnalysedDocument(
        number,
        "ja" if number % 2 else "en",
        fields,
        {f"@jurisdiction:{facet}": 6.0, f"=id{number}": 20.0},
        words,
        f"kept {number} «力»",
    )


DOCUMENTS = [
    document(0, ["potenc", "assay"], ["exosom", "exosom", "test"], words=("potency", "exosome", "exosomes")),
    document(1, ["力価", "価試", "試験"], ["エク", "exosom"], words=("エクソソーム",)),
    document(2, ["exosom"], ["test", "potenc"] + ["fill"] * 40, facet="us", words=("exosome",)),
    document(3, ["other"], ["c++", 'x"y', "a'b", "#1", "ⅸ", "가"], facet="us"),
]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return engine_named(request.param)


@pytest.fixture
def index(engine: Engine, tmp_path: Path) -> Iterator[OpenIndex]:
    engine.build(tmp_path, DOCUMENTS)
    opened = engine.open(tmp_path)
    yield opened
    opened.close()


def asked(*terms: str) -> Together:
    return Together(tuple(Concept(term, (Alternative((term,)),)) for term in terms))


def test_terms_are_found_in_their_documents(index: OpenIndex) -> None:
    assert set(index.having("exosom")) == {0, 1, 2}
    assert set(index.having("価試")) == {1}
    assert set(index.having("=id3")) == {3}
    assert set(index.having("@jurisdiction:us")) == {2, 3}


@pytest.mark.parametrize("term", ["c++", 'x"y', "a'b", "#1", "ⅸ", "가"])
def test_any_character_may_stand_in_a_term(index: OpenIndex, term: str) -> None:
    assert set(index.having(term)) == {3}


@pytest.mark.parametrize("term", ["", "nowhere", "exo", "*", "exosom*", 'a" OR "b', "NOT", "terms:exosom", "\0"])
def test_other_terms_are_in_no_document(index: OpenIndex, term: str) -> None:
    assert not index.having(term)


def test_frequencies_are_positive_and_saturate(index: OpenIndex) -> None:
    found = index.having("exosom")
    assert all(0 < value <= 4.0 for value in found.values())


def test_a_title_weighs_more_than_a_body(index: OpenIndex) -> None:
    found = index.having("exosom")
    assert found[2] > found[1]
    assert index.having("potenc")[0] > index.having("potenc")[2]


def test_queries_find_and_order(index: OpenIndex) -> None:
    scores = index.search(asked("potenc", "assay")).scores
    assert scores[0] > scores[2]
    assert set(index.search(Every((asked("exosom"), Filter(("@jurisdiction:us",))))).scores) == {2}


def test_suggestions_begin_so_or_are_near(index: OpenIndex) -> None:
    assert index.suggest("exo", "en", 5) == ["exosome", "exosomes"]
    assert index.suggest("excosome", "en", 5) == ["exosome"]
    assert index.suggest("エクスソーム", "ja", 5) == ["エクソソーム"]
    assert index.suggest("exo", "ja", 5) == []
    assert index.suggest("exo", "en", 1) == ["exosome"]


def test_similar_documents(index: OpenIndex) -> None:
    found = index.similar({"potenc": 3.0, "test": 1.0, "nowhere": 9.0}, 5)
    assert [number for number, _ in found] == [0, 2]
    assert index.similar({}, 5) == []
    assert len(index.similar({"exosom": 1.0}, 2)) == 2


def test_what_was_kept_comes_back(index: OpenIndex) -> None:
    assert [index.stored(number) for number in range(4)] == [item.stored for item in DOCUMENTS]


def test_many_threads_read_at_once(index: OpenIndex) -> None:
    terms = ["exosom", "potenc", "価試", "test", "nowhere", "=id1"] * 20
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda term: set(index.having(term)), terms))
        kept = list(threads.map(index.stored, [0, 1, 2, 3] * 20))
    assert found == [set(index.having(term)) for term in terms]
    assert set(kept) == {item.stored for item in DOCUMENTS}


def test_memory_for_postings_is_bounded(index: OpenIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "_KEPT_POSTINGS", 4)
    for term in ("exosom", "potenc", "test", "=id0", "exosom"):
        assert index.having(term)
    kept = index._kept.values()  # type: ignore[attr-defined]
    assert sum(len(found) for found in kept) <= 4
    assert set(index.having("potenc")) == {0, 2}


def test_an_empty_index(engine: Engine, tmp_path: Path) -> None:
    engine.build(tmp_path, [])
    opened = engine.open(tmp_path)
    assert not opened.having("exosom")
    assert opened.search(asked("exosom")).scores == {}
    assert opened.suggest("exo", "en", 5) == []


def test_an_empty_folder_is_no_index(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged):
        engine.open(tmp_path)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves the file open.
def test_garbage_is_no_index(engine: Engine, tmp_path: Path) -> None:
    engine.build(tmp_path, DOCUMENTS)
    for path in tmp_path.iterdir():
        path.write_bytes(b"garbage")
    with pytest.raises(IndexDamaged):
        engine.open(tmp_path)


def test_two_builds_write_the_same_answers(engine: Engine, tmp_path: Path) -> None:
    found = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        engine.build(tmp_path / name, DOCUMENTS)
        opened = engine.open(tmp_path / name)
        found.append(opened.search(asked("exosom", "potenc")).scores)
        opened.close()
    assert found[0] == found[1]


def test_there_is_no_third_engine() -> None:
    with pytest.raises(KeyError):
        engine_named("lucene")


# --- Who may know whom


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_one_module_knows_each_engine() -> None:
    for folders, package, module in (
        (("kb", "search", "publish", "scrapers", "evreg"), "whoosh", "whoosh_engine.py"),
        (("kb", "search"), "sqlite3", "fts5_engine.py"),
    ):
        modules = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
        assert {path.name for path in modules if package in _imports(path)} == {module}


def test_search_knows_kb_only() -> None:
    core = (ROOT / "search").glob("*.py")
    assert not {"publish", "scrapers", "evreg"} & set().union(*map(_imports, core))
