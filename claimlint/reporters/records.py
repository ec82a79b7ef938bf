"""What the HTML report cites: each evidence record, provision and rule told once, however many cards name it.

A page on cells repeats a dozen records in forty cards; a card therefore shows what decides, and the list at the end of
the report the rest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from claimlint.model import Rule
from claimlint.reporters.view import addresses, detail_of, is_web_address, name_of, plain

_SHOWN_KEYS = frozenset(
    "id title name citation record tier verdict detail summary text url sources pair intervention condition "
    "mechanism wording".split()
)
_KEYS = {"allowed": "strongest claim allowed", "recheck_by": "to be checked again by", "as_of": "checked"}
_SURE = {"H": "high", "M": "medium", "L": "low"}


@dataclass(frozen=True, slots=True)
class Shelf:
    """Distinct things in the order in which they are first cited; ``letter`` begins their ids in the page."""

    letter: str
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)

    def put(self, entry: dict[str, Any]) -> dict[str, Any]:
        """The entry with its ``ref`` (``e-1``), the same for an equal one."""
        key = json.dumps(plain(entry), sort_keys=True)
        if key not in self.entries:
            self.entries[key] = {**entry, "ref": f"{self.letter}-{len(self.entries) + 1}"}
        return self.entries[key]


def record_view(record: Mapping[str, Any]) -> dict[str, Any]:
    """An evidence or provision record in the parts that the report shows, whatever its exact keys."""
    points = record.get("findings")
    return {
        "name": name_of(record),
        "id": str(record.get("record") or record.get("id") or ""),
        "tier": str(record.get("tier") or ""),
        "verdict": str(record.get("verdict") or ""),
        "detail": detail_of(record),
        "points": [str(point) for point in points] if isinstance(points, list | tuple) else [],
        "wording": str(record.get("wording") or ""),
        "rest": [
            _labelled(str(key), str(value))
            for key, value in record.items()
            if key not in _SHOWN_KEYS
            and isinstance(value, str | int)
            and not isinstance(value, bool)
            and value != ""
            and not is_web_address(str(value))
        ],
        "links": list(addresses(record).items()),
    }


def rule_view(rule: Rule | None, name: str, page: str) -> dict[str, Any]:
    """A rule as the list at the end shows it; housekeeping findings have none with a file."""
    links = [(link, link) for link in rule.sources if is_web_address(link)] if rule else []
    return {
        "id": name,
        "page": page,
        "title": rule.title if rule else "",
        "why": rule.why if rule else "",
        "links": links,
    }


def _labelled(key: str, value: str) -> tuple[str, str]:
    """A field as words; empty label where the value says it all ("in force: in force")."""
    label = _KEYS.get(key, key.replace("_", " "))
    value = _SURE.get(value, value) if key == "confidence" else value
    return ("" if label == value else label), value


def tier_titles() -> dict[str, tuple[str, str]]:
    """Tier -> its name and what it means, from the registry's own ladder."""
    from claimlint.evidence.check import checked
    from claimlint.rules.locate import data_folder

    tiers = checked(str(data_folder("seeds") / "tiers.yaml")).value
    return {str(one["id"]): (str(one["title"]), str(one["meaning"])) for one in tiers["evidence"]}
