"""The digest: what it tells of a period, of a group, and how it is written down."""

from __future__ import annotations

from pathlib import Path

import html5lib
import pytest
from markdown_it import MarkdownIt

from editing.digest.matter import Matter, matter_of
from editing.digest.sections import sections
from editing.digest.table import SHOWN, Section
from editing.digest.words import Words
from editing.digest.writing import html_text, markdown_text, parts_of
from kb.problems import EvregError
from kb.yaml12 import read_yaml
from tests.editing.digest_samples import TODAY, full_repository
from tests.repository import Repository
from tests.samples import term, write_kb


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return full_repository(tmp_path_factory.mktemp("digest") / "clone").root


def _matter(root: Path, since: str = "2026-07", until: str | None = None, group: str | None = None) -> Matter:
    return matter_of(root, since, until, group, TODAY)


def _parts(matter: Matter) -> dict[str, Section]:
    return {section.id: section for section in sections(matter, "en")}


def test_every_part_tells_what_is_there(root: Path) -> None:
    found = _parts(_matter(root))
    assert {name: section.total for name, section in found.items()} == {
        "changes": 4, "reviews": 1, "inbox": 2, "decisions": 1, "conflicts": 2, "translations": 1,
    }  # fmt: skip
    kinds = [(row.key, row.cells[0][0]) for row in found["changes"].rows]
    assert kinds == [
        (("glossary", "old"), "Withdrawn"),
        (("glossary", "new"), "Added"),
        (("guidelines", "g"), "Changed"),
        (("trials", "t1"), "Changed"),
    ]
    assert any("In force or current → Superseded" in line for line in found["changes"].rows[2].cells[0])
    assert found["reviews"].rows[0].cells == (("overdue, not signed",), ("2026-06-01",))
    assert found["inbox"].rows[0].cells[1] == ("19 days",)
    assert found["decisions"].rows[0].cells[0][0] == "rejected"
    assert any("register (2026-07-01): Phase 2" in line for row in found["conflicts"].rows for line in row.cells[1])
    assert "English changed" in found["translations"].rows[0].cells[1][0]


def test_a_period_begins_on_the_morning_of_its_first_day(root: Path) -> None:
    assert _parts(_matter(root, "2026-07-05"))["changes"].total == 4
    assert _parts(_matter(root, "2026-07-06"))["changes"].total == 0
    assert _parts(_matter(root, "2026-06-11", "2026-06"))["changes"].total == 0
    assert _parts(_matter(root, "2026-06", "2026-06"))["decisions"].total == 1


def test_a_history_that_begins_later_is_said(root: Path) -> None:
    section = _parts(_matter(root, "2020"))["changes"]
    assert "begins on 2026-06-10" in section.note
    assert section.total == 4


def test_a_group_is_told_of_its_entries(root: Path) -> None:
    found = _parts(_matter(root, group="trials-group"))
    assert {row.key for row in found["changes"].rows} == {("trials", "t1")}
    assert found["inbox"].total == 2
    assert found["decisions"].note
    found = _parts(_matter(root, group="japan"))
    assert {row.key for row in found["changes"].rows} == {("guidelines", "g")}
    assert (
        found["inbox"].total == found["reviews"].total == found["conflicts"].total == found["translations"].total == 0
    )


@pytest.mark.parametrize(
    ("since", "until", "group", "where"),
    [
        ("yesterday", None, None, "--since"),
        ("2026-13", None, None, "--since"),
        ("2026-07", "2026-06", None, "--until"),
        ("2026-07", None, "trial-group", "--group"),
    ],
)
def test_what_is_wrong_is_explained(root: Path, since: str, until: str | None, group: str | None, where: str) -> None:
    with pytest.raises(EvregError) as caught:
        _matter(root, since, until, group)
    assert caught.value.where == where
    assert caught.value.remedy.ja


def test_no_history_is_explained(tmp_path: Path) -> None:
    with pytest.raises(EvregError):
        _matter(write_kb(tmp_path, glossary=[term("a")]))


def test_long_lists_are_cut_and_say_so(tmp_path: Path) -> None:
    made = Repository(tmp_path / "clone")
    made.commit("2026-06-10", glossary=[term("a")])
    made.commit("2026-07-05", glossary=[term(f"t{number}") for number in range(SHOWN + 5)])
    matter = _matter(made.root)
    section = _parts(matter)["changes"]
    assert (len(section.rows), section.hidden) == (SHOWN, 5)
    text = html_text(parts_of(matter, ("en", "ja")))
    assert "5 more are not shown here" in text
    assert "ほかに5件がある" in text


def test_many_of_one_kind_leave_room_for_the_others(tmp_path: Path) -> None:
    made = Repository(tmp_path / "clone")
    edited = [term(f"a{number}") for number in range(SHOWN)]
    made.commit("2026-06-10", glossary=edited)
    new = [term(f"n{number}") for number in range(SHOWN * 2)]
    made.commit("2026-07-05", glossary=[*new, *(item | {"confidence": "high"} for item in edited)])
    section = _parts(_matter(made.root))["changes"]
    assert section.note == "Added: 60; Changed: 30."
    kinds = [row.cells[0][0] for row in section.rows]
    assert (kinds.count("Added"), kinds.count("Changed"), section.total) == (15, 15, 90)


def test_html_is_one_file_that_fetches_nothing(root: Path) -> None:
    text = html_text(parts_of(_matter(root), ("en", "ja")), "https://atlas.example.org/")
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(text)
    assert parser.errors == []
    names = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert names.isdisjoint({"script", "img", "link", "iframe", "object", "form", "video", "svg"})
    assert not [element for element in tree.iter() if any(name.startswith("on") for name in element.attrib)]
    addresses = {element.attrib["href"] for element in tree.iter("a")}
    assert all(address.startswith(("#", "https://atlas.example.org/")) for address in addresses)
    assert "https://atlas.example.org/ja/guidelines/g/" in addresses
    assert "url(" not in text
    assert "\u202e" not in text
    assert [element.attrib["lang"] for element in tree.iter("article")] == ["en", "ja"]


def test_html_without_address_has_no_links_to_pages(root: Path) -> None:
    assert "http" not in html_text(parts_of(_matter(root), ("ja",))).replace("https://evil.example", "")


def test_markdown_shows_texts_literally(root: Path) -> None:
    text = markdown_text(parts_of(_matter(root), ("en", "ja")))
    tokens = MarkdownIt("commonmark").parse(text)
    kinds = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
    assert kinds.isdisjoint({"html_block", "html_inline", "image", "link_open", "code_block"})
    assert "@octocat" not in text
    assert "https://evil" not in text
    assert "# EVReg活動報告" in text


def test_every_phrase_stands_in_both_languages_and_is_used() -> None:
    folder = Path(__file__).parents[2] / "editing" / "digest"
    phrases = read_yaml(folder / "words.yaml")
    code = "".join(
        path.read_text(encoding="utf-8") for path in folder.iterdir() if path.suffix in (".py", ".html")
    ).replace("'", '"')
    for key, words in phrases.items():
        assert words.keys() == {"en", "ja"}, key
        assert all(words.values()), key
        stem = key.split("_")[0]
        assert f'"{key}"' in code or f'say(f"{stem}_' in code or f'section("{key}"' in code, key
    with pytest.raises(KeyError):
        Words("en")("no_such_phrase")
