"""The Jinja2 environment of ``publish/templates``: autoescaping, strict about names, one line of output."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from publish.safe_text import finalized, trusted

_FOLDER = Path(__file__).parent / "templates"
_LINE_BREAK_IN_MARKUP = re.compile(r"(?<=[>}])[ \t]*\n\s*|\s*\n\s*(?=[<{])")


class _OneLineLoader(FileSystemLoader):
    """Takes line breaks between tags out of a template when it is compiled, so that pages need no pass of their own.

    A block of HTML that stands on one line is left alone by every Markdown processor.
    """

    def get_source(self, environment: Environment, template: str) -> Any:
        source, filename, uptodate = super().get_source(environment, template)
        return _LINE_BREAK_IN_MARKUP.sub("", source).strip(), filename, uptodate


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The environment; templates are compiled once per process."""
    return Environment(
        loader=_OneLineLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalized,
        auto_reload=False,
    )


@cache
def _template(name: str) -> Any:
    return environment().get_template(f"{name}.html")


def render(template: str, **values: Any) -> Markup:
    """A template as one line of HTML.

    Args:
        template: Its name without ``.html``.
        values: What it shows; text is escaped, :class:`~markupsafe.Markup` is not.

    Raises:
        jinja2.UndefinedError: when the template names something that ``values`` lacks.
    """
    return trusted(_template(template).render(values))
