"""The same configuration for Decap CMS, should Sveltia CMS ever cease: fewer options, and words that it knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

#: What Decap CMS knows of a collection and of a field, of what the configuration uses.
_COLLECTION: Final = (
    "name",
    "label",
    "label_singular",
    "description",
    "folder",
    "extension",
    "format",
    "identifier_field",
    "create",
    "delete",
    "summary",
)
_FIELD: Final = (
    "name",
    "label",
    "label_singular",
    "widget",
    "required",
    "hint",
    "pattern",
    "options",
    "multiple",
    "summary",
    "min",
    "max",
    "value_type",
    "collection",
    "value_field",
    "display_fields",
    "search_fields",
)


def decap_configuration(form: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The configuration for Decap CMS.

    It cannot quote texts when saving and cannot leave out what is empty; «evreg fmt» and «evreg validate» decide what
    becomes of that.

    Args:
        form: The configuration for Sveltia CMS with its back end.
        language: Of the program's own words.
    """
    service = {name: value for name, value in form["backend"].items() if name not in ("auth_methods", "api_root")}
    workflow = {"publish_mode": form["publish_mode"]} if "publish_mode" in form else {}
    return {
        "backend": service,
        **workflow,
        # On the machine itself «npx decap-server» stands in for the repository.
        "local_backend": True,
        "locale": language,
        "media_folder": form["media_folder"],
        "public_folder": form["public_folder"],
        "show_preview_links": False,
        "collections": [_collection(collection) for collection in form["collections"]],
    }


def _collection(collection: Mapping[str, Any]) -> dict[str, Any]:
    made = {name: collection[name] for name in _COLLECTION if name in collection}
    made["editor"] = {"preview": False}
    made["slug"] = collection["slug"]["template"]
    made["sortable_fields"] = list(collection["sortable_fields"]["fields"])
    made["fields"] = [_field(field, True) for field in collection["fields"]]
    return made


def _field(field: Mapping[str, Any], needed: bool) -> dict[str, Any]:
    """A field; of a record that may be absent nothing is required, as Decap CMS would ask for it all the same."""
    made = {name: field[name] for name in _FIELD if name in field}
    made["required"] = needed and field["required"]
    if "comment" in field:
        made["hint"] = field["comment"]
    if any(option["value"] is True for option in field.get("options", ())):
        # Its lists hold texts only; its switch, unlike Sveltia's, writes nothing before it is touched.
        del made["options"]
        made["widget"] = "boolean"
    if "fields" in field:
        several = field["widget"] == "list"
        inside = several or made["required"]
        made |= {"fields": [_field(inner, inside) for inner in field["fields"]], "collapsed": several}
    return made
