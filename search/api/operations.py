"""The table of operations: what the routes, the OpenAPI document and the page about it are made from."""

from __future__ import annotations

from typing import Final, NamedTuple

from kb.models import COLLECTIONS
from kb.problems import Message
from search.api.limits import BEGINNING, CONDITIONS, OFFSET, PAGE, QUERY
from search.api.parameters import Parameter
from search.document import FACETS

ROOT: Final = "/api/v1"
LANGUAGES: Final = ("en", "ja")


class Operation(NamedTuple):
    """One thing that may be asked.

    Attributes:
        name: Name of the operation, and of its handler.
        path: Address below the root, with its variables in braces.
        title: What it does, in a few words.
        about: More about it.
        parameters: What may stand in the query.
        answers: Status -> what it means and the name of the schema of its body.
        example: An address that shows its use.
    """

    name: str
    path: str
    title: Message
    about: Message
    parameters: tuple[Parameter, ...]
    answers: tuple[Answer, ...]
    example: str


class Answer(NamedTuple):
    """One kind of answer; ``schema`` is empty when it has no body."""

    status: int
    about: Message
    schema: str = "Error"


_OK: Final = Message("The answer.", "回答。")
_COMMON: Final = (
    Answer(304, Message("Unchanged since the ETag that was sent.", "送られたETagから変更なし。"), ""),
    Answer(400, Message("The request has a mistake.", "要求に誤りがある。")),
    Answer(414, Message("The address is too long.", "アドレスが長すぎる。")),
    Answer(503, Message("Too slow or too busy; ask again later.", "時間超過又は混雑。後で再度試す。")),
)
_LANG: Final = Parameter(
    "lang", Message("The reader's language.", "閲覧者の言語。"), "choice", "en", choices=LANGUAGES, example="ja"
)

SEARCH: Final = Operation(
    "search",
    f"{ROOT}/search",
    Message("Search", "検索"),
    Message(
        "Finds entries by words, identifiers and facets, in both languages. A query that cannot be read as it is meant"
        " is read as plain words, and `notice` says so.",
        "語、識別番号及び条件により、両言語のエントリーを検索する。"
        "書式どおりに解釈できない検索式は通常の語として扱い、`notice`で知らせる。",
    ),
    (
        Parameter(
            "q",
            Message(
                'Words, "phrases", AND, OR, NOT, brackets, exo*, jurisdiction:JP, year:2023..2026.',
                "語、「句」、AND・OR・NOT、括弧、exo*、jurisdiction:JP、year:2023..2026。",
            ),
            most=QUERY,
            example="potency assay",
        ),
        _LANG,
        Parameter(
            "collection", Message("Only this collection.", "このコレクションに限る。"), "choice", choices=COLLECTIONS
        ),
        Parameter(
            "jurisdiction",
            Message("Only this jurisdiction: a code or a name.", "この国・地域に限る(コード又は名称)。"),
            example="JP",
        ),
        Parameter(
            "where",
            Message(
                f"Condition facet=value; may be repeated. Facets: {', '.join(FACETS)}.",
                f"「項目=値」の条件。繰り返し指定できる。項目: {'、'.join(FACETS)}。",
            ),
            many=CONDITIONS,
            example="phase=2",
        ),
        Parameter("limit", Message("Results wanted.", "結果の件数。"), "whole", 10, least=0, most=PAGE),
        Parameter("offset", Message("Results to skip.", "飛ばす件数。"), "whole", 0, least=0, most=OFFSET),
        Parameter(
            "exact",
            Message("Only literal matches, without synonyms.", "同義語を使わず、文字どおりの一致に限る。"),
            "flag",
            False,
        ),
    ),
    (Answer(200, _OK, "SearchAnswer"), *_COMMON),
    f"{ROOT}/search?q=potency+assay&jurisdiction=JP",
)
SUGGEST: Final = Operation(
    "suggest",
    f"{ROOT}/suggest",
    Message("Suggestions", "候補"),
    Message(
        "Words of the entries that begin like a text or are spelled nearly so.",
        "入力と先頭が一致する語、又は綴りの近い語を返す。",
    ),
    (
        Parameter("q", Message("The beginning of a word.", "語の先頭。"), most=BEGINNING, example="exos"),
        _LANG,
        Parameter("limit", Message("Suggestions wanted.", "候補の件数。"), "whole", 8, least=1, most=20),
    ),
    (Answer(200, _OK, "SuggestAnswer"), *_COMMON),
    f"{ROOT}/suggest?q=exos",
)
ENTRY: Final = Operation(
    "entry",
    f"{ROOT}/entries/{{id}}",
    Message("One entry", "エントリー"),
    Message(
        "The entry with an id, written as `id` or `collection/id`, with its links in both directions resolved.",
        "ID(`id`又は`collection/id`)のエントリーを、双方向のリンク先とともに返す。",
    ),
    (),
    (
        Answer(200, _OK, "Entry"),
        Answer(300, Message("Several collections have that id.", "同じIDが複数のコレクションにある。"), "Choices"),
        Answer(
            301, Message("A former id; the present one is in Location.", "旧ID。現在のIDはLocationに示す。"), "Moved"
        ),
        *_COMMON,
        Answer(404, Message("No entry has that id.", "そのIDのエントリーはない。")),
    ),
    f"{ROOT}/entries/glossary/exosome",
)
OPENAPI: Final = Operation(
    "openapi",
    f"{ROOT}/openapi.json",
    Message("This description", "この説明"),
    Message("The OpenAPI 3.1 document of this interface.", "本インターフェースのOpenAPI 3.1文書。"),
    (),
    (Answer(200, _OK, "Document"), *_COMMON),
    f"{ROOT}/openapi.json",
)
OPERATIONS: Final = (SEARCH, SUGGEST, ENTRY, OPENAPI)
