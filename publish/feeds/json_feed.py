"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from kb.problems import Language
from publish.feeds.items import Feed, Item, address, moment, urn
from publish.safe_text import visible

ENDING = ".json"


def json_feed(feed: Feed, language: Language, site_url: str | None) -> str:
    """The feed as JSON; addresses only when the site's own is known."""
    made = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": visible(feed.title),
        "home_page_url": address(site_url, language, feed.page),
        "feed_url": address(site_url, language, feed.stem + ENDING),
        "language": language,
        "authors": [{"name": "EVReg"}],
        "items": [_item(item, language, site_url) for item in feed.items],
    }
    return json.dumps(_filled(made), ensure_ascii=False, indent=1) + "\n"


def _item(item: Item, language: Language, site_url: str | None) -> dict[str, Any]:
    return _filled(
        {
            "id": urn("item", item.name, language),
            "url": address(site_url, language, item.path),
            "title": visible(item.title),
            "content_text": visible(item.text) or visible(item.title),
            "date_published": moment(item.published).isoformat() if item.published else None,
            "date_modified": moment(item.updated).isoformat(),
            "tags": [visible(tag) for tag in item.tags],
        }
    )


def _filled(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value is not None}
