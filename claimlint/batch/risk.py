"""Ranks sites by where to look first: five measures, each between 0 and 1, weighted by numbers that stand in a data file.

Every score comes with the words and counts that made it; a site that could not be judged has none, and is never ranked as harmless.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log2
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from claimlint.batch.site_rows import SiteRows
from claimlint.errors import ConfigError, did_you_mean

SHIPPED = Path(__file__).parent / "risk.yaml"
COMPONENTS = {
    "severity": "Severity of what was found",
    "spread": "Spread over the site",
    "breadth": "Breadth of conditions",
    "notices": "Missing notices",
    "pressure": "Pressure to act",
}
"""Component -> its name for a reader, in the order in which reports show them."""

_NEED_FULL = ("severity", "breadth")


class Part(NamedTuple):
    """One component of a score: its measure (0 to 1), its points of the 100, and the counts behind it in words."""

    name: str
    title: str
    measure: float
    points: float
    most: float
    words: str


class Risk(NamedTuple):
    """A site's score (0 to 100; None where nothing could be judged) with its parts, and the counts that reports list."""

    site: str
    score: float | None
    parts: tuple[Part, ...]
    pages: int
    judged: int
    duplicates: int
    not_judged: int
    errors: int
    warnings: int
    notes: int
    conditions: int
    pages_with_errors: int
    promoting: int
    without_notice: int
    pressing: int


def load_weights(path: str | None = None) -> dict[str, Any]:
    """The weights of a file, or the shipped ones. ConfigError names the key that can't be used."""
    place = path or str(SHIPPED)
    try:
        data = yaml.safe_load(Path(place).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError(f"can't be read: {' '.join(str(error).split())}", place) from None
    allowed = ("severity", "confidence", "category", "components")
    if not isinstance(data, dict):
        raise ConfigError(f"has to hold {', '.join(allowed)}", place)
    for key in data:
        if key not in allowed:
            raise ConfigError(f"unknown key '{key}'{did_you_mean(str(key), allowed)}", place)
    shipped = data if path is None else load_weights()
    made = {key: data.get(key, shipped[key]) for key in allowed}
    _numbers(made["severity"], "severity", place, ("error", "warning", "note"))
    _numbers(made["confidence"], "confidence", place, ("high", "medium", "low"))
    _numbers(made["category"], "category", place, None)
    components = made["components"]
    if not isinstance(components, dict) or set(components) != set(COMPONENTS):
        raise ConfigError(f"components: has to hold exactly {', '.join(COMPONENTS)}", place)
    for name, one in components.items():
        keys = ("weight", "full") if name in _NEED_FULL else ("weight",)
        _numbers(one, f"components.{name}", place, keys)
        if name in _NEED_FULL and one["full"] < 1:
            raise ConfigError(f"components.{name}.full: has to be 1 or more", place)
    if not sum(one["weight"] for one in components.values()):
        raise ConfigError("components: all weights are 0", place)
    return made


def _numbers(values: Any, name: str, place: str, keys: tuple[str, ...] | None) -> None:
    if not isinstance(values, dict) or (keys is not None and set(values) != set(keys)):
        raise ConfigError(f"{name}: has to hold {', '.join(keys) if keys else 'numbers'}", place)
    for key, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1000:
            raise ConfigError(f"{name}.{key}: has to be a number from 0 to 1000", place)


def weight_of(finding: Mapping[str, Any], weights: Mapping[str, Any]) -> float:
    """What one finding counts: severity x confidence x category."""
    by_category = weights["category"].get(finding["category"], 1)
    return float(
        weights["severity"][finding["severity"]] * weights["confidence"][finding["confidence"]] * by_category
    )


def assess(rows: SiteRows, weights: Mapping[str, Any]) -> Risk:
    """The risk of one site. Findings that somebody suppressed with a reason don't count."""
    standing = [finding for finding in rows.findings if finding["suppressed"] is None]
    judged = [page for page in rows.pages if page["state"] == "checked"]
    ids = {page["page_id"] for page in judged}
    worst: dict[tuple[str, str], float] = {}
    wrong: set[str] = set()
    lacking: set[str] = set()
    urgent: set[str] = set()
    counts = dict.fromkeys(("error", "warning", "note"), 0)
    for finding in standing:
        counts[finding["severity"]] += 1
        # The same words in the same rule on many pages are one thing said, however often.
        key = (finding["rule"], " ".join(finding["quote"].lower().split()) or finding["page_id"])
        worst[key] = max(worst.get(key, 0.0), weight_of(finding, weights))
        if finding["severity"] == "error":
            wrong.add(finding["page_id"])
        if finding["category"] == "missing-notice":
            lacking.add(finding["page_id"])
        if finding["category"] == "urgency":
            urgent.add(finding["page_id"])
    promoting = {name for name, row in rows.signals.items() if row["promotes"] and name in ids}
    pressing = {
        name
        for name in promoting
        if (rows.signals[name]["cta"] and not rows.signals[name]["harms"]) or name in urgent
    }
    total = sum(worst.values())
    part = weights["components"]
    measures = {
        "severity": (
            min(1.0, log2(1 + total) / log2(1 + part["severity"]["full"])),
            f"{len(worst)} distinct findings, weighing {total:.1f}",
        ),
        "spread": (
            _share(len(wrong), len(judged)),
            f"{len(wrong)} of {len(judged)} judged pages carry an error",
        ),
        "breadth": (
            min(1.0, len(rows.conditions) / part["breadth"]["full"]),
            f"claims about {len(rows.conditions)} conditions" + _first(rows.conditions),
        ),
        "notices": (
            _share(len(lacking & promoting), len(promoting)),
            f"{len(lacking & promoting)} of {len(promoting)} promoting pages lack a notice that a rule asks for",
        ),
        "pressure": (
            _share(len(pressing), len(promoting)),
            f"{len(pressing)} of {len(promoting)} promoting pages invite contact and name no harm, or press for time",
        ),
    }
    whole = sum(one["weight"] for one in part.values())
    parts = []
    for name, title in COMPONENTS.items():
        measure, words = measures[name]
        most = 100 * part[name]["weight"] / whole
        parts.append(Part(name, title, round(measure, 4), round(most * measure, 2), round(most, 2), words))
    duplicates = sum(page["state"] == "duplicate" for page in rows.pages)
    return Risk(
        rows.site,
        round(sum(one.points for one in parts), 1) if judged else None,
        tuple(parts) if judged else (),
        len(rows.pages),
        len(judged),
        duplicates,
        len(rows.pages) - len(judged) - duplicates,
        counts["error"],
        counts["warning"],
        counts["note"],
        len(rows.conditions),
        len(wrong),
        len(promoting),
        len(lacking & promoting),
        len(pressing),
    )


def ranked(risks: list[Risk]) -> list[Risk]:
    """Highest score first; those that could not be judged before all, for nobody has looked at them."""
    return sorted(
        risks, key=lambda risk: (risk.score is not None, -(risk.score or 0), -risk.errors, risk.site)
    )


def formula(weights: Mapping[str, Any]) -> str:
    """The formula with its numbers, in a sentence."""
    part = weights["components"]
    whole = sum(one["weight"] for one in part.values())
    named = " + ".join(f"{part[name]['weight']:g} x {name}" for name in COMPONENTS)
    return f"score = 100 x ({named}) / {whole:g}; each measure lies between 0 and 1"


def _share(some: int, of: int) -> float:
    return some / of if of else 0.0


def _first(rows: list[dict[str, Any]], most: int = 6) -> str:
    names = [str(row["condition"]).replace("-", " ") for row in rows[:most]]
    more = f" and {len(rows) - most} more" if len(rows) > most else ""
    return f": {', '.join(names)}{more}" if names else ""
