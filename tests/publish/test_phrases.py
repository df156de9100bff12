"""Fixed words with something filled in: once, escaped, and never what came with a value."""

from __future__ import annotations

from pathlib import Path

import pytest

import kb
from publish.phrases import Phrases
from publish.safe_text import trusted
from publish.site import Site
from tests.samples import write_kb


@pytest.fixture
def say(tmp_path: Path) -> Phrases:
    return Phrases(Site(kb.load(write_kb(tmp_path)), "en"), "explorer")


def test_whole_numbers_have_commas_and_texts_stay_as_they_are(say: Phrases) -> None:
    assert say("shown", n=1234, m="5678") == "1,234 of 5678 shown"
    assert say.html("shown", n=1234, m="5678") == "1,234 of 5678 shown"


def test_html_escapes_what_is_not_markup(say: Phrases) -> None:
    assert say.html("until", date="<b>") == "until &lt;b&gt;"
    assert say.html("until", date=trusted("<i>x</i>")) == "until <i>x</i>"
    assert say("until", date="<b>") == "until <b>"


def test_what_is_filled_in_is_not_filled_again(say: Phrases) -> None:
    assert say("shown", n="{m}", m="{n}") == "{m} of {n} shown"
    assert say.html("shown", n="{m}", m=trusted("<i>{n}</i>")) == "{m} of <i>{n}</i> shown"


def test_places_left_to_a_script_stay(say: Phrases) -> None:
    assert say("shown") == "{n} of {m} shown"
    assert say("shown", n=1) == "1 of {m} shown"


def test_an_unknown_key_is_an_error(say: Phrases) -> None:
    with pytest.raises(KeyError):
        say("no-such-phrase")
