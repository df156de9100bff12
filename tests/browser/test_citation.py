"""The box «Cite this entry» in a real browser."""

from __future__ import annotations

import json

from tests.browser.windows import Visit


def test_a_citation_is_copied_and_saved(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.go("ja/attributes/sterility/")
    box = page.locator("[data-ev-cite]")
    box.get_by_role("button", name="コピー").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("EVReg貢献者一同.")
    assert copied.endswith(f"{visit.address}ja/attributes/sterility/")
    assert box.get_by_role("status").inner_text() == "コピーしました"
    box.locator("summary", has_text="CSL-JSON").click()
    with page.expect_download() as waiting:
        box.get_by_role("button", name="ファイルに保存").last.click()
    assert waiting.value.suggested_filename == "evreg-attributes-sterility.json"
    (item,) = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    assert item["URL"] == f"{visit.address}ja/attributes/sterility/"
    assert visit.complaints == []


def test_both_languages_are_given_their_own_address(visit: Visit) -> None:
    for path in ("attributes/sterility/", "ja/attributes/sterility/"):
        texts = visit.go(path).locator(".ev-cite-text").all_inner_texts()
        ends = sorted(text.rpartition(" ")[2] for text in texts)
        assert ends == sorted(f"{visit.address}{prefix}attributes/sterility/" for prefix in ("", "ja/"))


def test_structured_data_is_read_but_not_executed(hostile: Visit) -> None:
    page = hostile.go("guidelines/hostile-guidelines/")
    node = json.loads(page.locator('script[type="application/ld+json"]').inner_text())
    assert node["mainEntity"]["name"]
    assert page.evaluate("window.__hit") is None
    assert hostile.complaints == []
