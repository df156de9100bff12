"""The page that shows the interface: plain HTML from the table of operations, without scripts or foreign files."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import Final

from kb.problems import Message
from search.api.operations import OPERATIONS, ROOT, Operation
from search.api.parameters import Parameter

_STYLE: Final = """
body{margin:0 auto;max-width:60rem;padding:1rem;font:1rem/1.6 system-ui,sans-serif;color:#1b1b1f;background:#fff}
h2{margin-top:2.5rem;border-bottom:1px solid #767680}
code{background:#eef0f4;padding:.1em .3em;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid #767680;padding:.4rem;text-align:left;vertical-align:top}
.scroll{overflow-x:auto}
a{color:#0b57a4}
@media (prefers-color-scheme:dark){
body{color:#e6e6ea;background:#16171a}code{background:#2a2c31}a{color:#8fc1ff}}
"""
#: What the page needs: its own style and nothing else.
STYLE_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()


def page() -> str:
    """The page, in both languages side by side."""
    operations = "\n".join(map(_operation, OPERATIONS))
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>EVReg API</title>
<style>{_STYLE}</style>
</head>
<body>
<header>
<h1>EVReg API</h1>
{
        _pair(
            Message(
                "Read-only JSON for programs; open to every origin, without keys. A mistake is told in four parts: where, what"
                " is there, what was expected, what to do.",
                "プログラム向けの読み取り専用JSON。どのサイトからも鍵なしで利用できる。"
                "誤りは、場所、現状、期待される内容及び対処の四つに分けて知らせる。",
            )
        )
    }
<p><a href="{
        ROOT
    }/openapi.json">OpenAPI 3.1</a> · <a href="/">EVReg</a> · <a href="/ja/" lang="ja" hreflang="ja">日本語サイト</a></p>
</header>
<main>
{operations}
</main>
</body>
</html>
"""


def _pair(message: Message) -> str:
    return f'<p>{_text(message.en)}</p>\n<p lang="ja">{_text(message.ja)}</p>'


def _text(text: str) -> str:
    """Escaped text whose `code` is code."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(parts))


def _operation(operation: Operation) -> str:
    example = escape(operation.example)
    rows = "\n".join(
        f"<tr><td>{answer.status}</td><td>{_text(answer.about.en)}<br>"
        f'<span lang="ja">{_text(answer.about.ja)}</span></td></tr>'
        for answer in sorted(operation.answers)
    )
    return f"""<section id="{operation.name}">
<h2>{_text(operation.title.en)} / <span lang="ja">{_text(operation.title.ja)}</span></h2>
<p><code>GET {escape(operation.path)}</code></p>
{_pair(operation.about)}
{_parameters(operation.parameters)}
<p><a href="{example}"><code>{example}</code></a></p>
<div class="scroll"><table>
<caption>Answers / <span lang="ja">回答</span></caption>
<tr><th scope="col">status</th><th scope="col"></th></tr>
{rows}
</table></div>
</section>"""


def _parameters(parameters: tuple[Parameter, ...]) -> str:
    if not parameters:
        return ""
    rows = "\n".join(map(_parameter, parameters))
    return f"""<div class="scroll"><table>
<caption>Parameters / <span lang="ja">パラメーター</span></caption>
<tr><th scope="col">name</th><th scope="col">values</th><th scope="col"></th></tr>
{rows}
</table></div>"""


def _parameter(parameter: Parameter) -> str:
    return (
        f"<tr><td><code>{escape(parameter.name)}</code></td><td>{escape(_values(parameter))}</td>"
        f'<td>{_text(parameter.about.en)}<br><span lang="ja">{_text(parameter.about.ja)}</span></td></tr>'
    )


def _values(parameter: Parameter) -> str:
    if parameter.kind == "whole":
        return f"{parameter.least:,}–{parameter.most:,} ({parameter.default})"
    if parameter.kind == "flag":
        return "true, false"
    if parameter.kind == "choice":
        return ", ".join(parameter.choices)
    return f"≤ {parameter.most:,}" + (f" (× {parameter.many})" if parameter.many > 1 else "")
