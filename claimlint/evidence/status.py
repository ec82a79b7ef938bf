"""Compares a claim of approval with the regulatory axis: which product, which use, where, and when.

An approval elsewhere, for another product or since withdrawn is not an approval, and says nothing
about whether the product works; so this never looks at an evidence tier.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from claimlint.evidence.registry import Record, Registry, tier_of
from claimlint.evidence.verdict import due, settle
from claimlint.model import Verdict

_GRANTED = ("R2", "R3", "R?")
_PLACES = {
    "EU": "the EU",
    "US": "the United States",
    "JP": "Japan",
    "KR": "Korea",
    "CA": "Canada",
    "IN": "India",
    "UK": "the United Kingdom",
}
_NAMED = (
    ("EU", re.compile(r"\b(?:eu|europe|european|ema)\b")),
    # "us" alone is a pronoun more often than a country.
    (
        "US",
        re.compile(
            r"\bus(?=[\s-](?:fda|food|approv|clear|licen|author|regulat|market|agenc|label))|"
            r"\b(?:the us|u\.s\.?|usa|fda|united states|america)\b"
        ),
    ),
    ("JP", re.compile(r"\bjapan")),
    ("KR", re.compile(r"\bkorea")),
    ("UK", re.compile(r"\b(?:uk|mhra|britain|united kingdom)\b")),
    ("CA", re.compile(r"\b(?:canada|health canada)\b")),
    ("IN", re.compile(r"\bindia")),
)
_NAMED_AS = re.compile(r"As ([A-Z][\w-]+)\b")
Held = tuple[Record, Mapping[str, Any]]


def place_named(folded: str) -> str | None:
    """The jurisdiction that a text in lower case names (EU, US, JP ...), the first in a fixed order."""
    return next((code for code, pattern in _NAMED if pattern.search(folded)), None)


@lru_cache(maxsize=1_024)
def approval_verdict(
    intervention: str,
    jurisdiction: str | None,
    as_of: date,
    registry: Registry,
    condition: str | None = None,
    *,
    conditional: bool = False,
) -> Verdict | None:
    """What the registry says where copy calls ``intervention`` approved, on the day ``as_of``.

    ``jurisdiction`` is EU, US, JP ...; None means that the copy names none. ``condition`` is the use
    that the copy names, if any, and ``conditional`` says that it calls the approval conditional. None where the registry
    doesn't know the intervention.
    """
    if not registry.knows(intervention):
        return None
    uses = (condition,) if condition else _uses(registry, intervention)
    own = _held(registry, [intervention], jurisdiction, as_of, condition)
    below = _held(registry, registry.narrower(intervention), jurisdiction, as_of, condition)
    above = [one for use in uses for one in _above(registry, intervention, jurisdiction, as_of, use)]
    product = bool(registry.data["interventions"][intervention].get("product"))
    approvals = _granted([*own, *below])
    withdrawn = [one for one in (*own, *below) if one[1]["status"] == "RW"]
    refused = [one for one in (*own, *above) if one[1]["status"] in ("R0", "R1")]
    if withdrawn and (not approvals or product):
        return _tell("superseded", withdrawn, registry, as_of)
    if product and approvals:
        full = [one for one in approvals if conditional or one[1]["status"] == "R3"]
        return _tell("supported" if full else "stronger-than-evidence", full or approvals, registry, as_of)
    if approvals:
        return _tell(
            "stronger-than-evidence", approvals, registry, as_of, "Other products are not covered by it."
        )
    if product and condition is not None:
        other = _granted(_held(registry, [intervention], jurisdiction, as_of, None))
        if other:
            return _tell("contradicted", other, registry, as_of, "It covers no other use.")
    if refused:
        return _tell("contradicted", refused, registry, as_of)
    where = f" in {_PLACES.get(jurisdiction, jurisdiction)}" if jurisdiction else ""
    none = f"The registry holds no approval of {registry.name(intervention)}{where}."
    elsewhere = _granted(_held(registry, [intervention], None, as_of, condition)) if product else []
    if elsewhere:
        note = f"An approval elsewhere is none{where}, and the registry holds none there."
        return _tell("stronger-than-evidence", elsewhere, registry, as_of, note)
    return Verdict("no-evidence-on-record", detail=none)


@lru_cache(maxsize=256)
def withdrawal_verdict(
    intervention: str, jurisdiction: str | None, as_of: date, registry: Registry
) -> Verdict | None:
    """What the registry says where copy calls the approval of ``intervention`` withdrawn, on the day ``as_of``.

    None where the registry doesn't know the intervention.
    """
    if not registry.knows(intervention):
        return None
    kinds = [intervention, *registry.narrower(intervention)]
    held = _held(registry, kinds, jurisdiction, as_of, None)
    withdrawn = [one for one in held if one[1]["status"] == "RW"]
    if withdrawn:
        return _tell("supported", withdrawn, registry, as_of)
    standing = _granted(held)
    if standing:
        return _tell("contradicted", standing, registry, as_of)
    return Verdict(
        "no-evidence-on-record",
        detail=f"The registry holds no withdrawal of {registry.name(intervention)}.",
    )


def _granted(held: Iterable[Held]) -> list[Held]:
    return [one for one in held if one[1]["status"] in _GRANTED]


def _uses(registry: Registry, intervention: str) -> tuple[str | None, ...]:
    """What a product is on record for, so that a status of all cells in another disease isn't laid to it; else any use."""
    if not registry.data["interventions"][intervention].get("product"):
        return (None,)
    own = {record.get("condition") for record in registry.records() if record["intervention"] == intervention}
    return tuple(sorted(one for one in own if one)) or (None,)


def _held(
    registry: Registry, kinds: Iterable[str], jurisdiction: str | None, as_of: date, condition: str | None
) -> list[Held]:
    wanted = set(kinds)
    found: list[Held] = []
    for record in registry.records():
        if record["intervention"] not in wanted or record.get("superseded_by"):
            continue
        if condition is not None and record.get("condition") not in registry.conditions_above(condition):
            continue
        found += [
            (record, entry)
            for entry in _current(record, as_of)
            if jurisdiction in (None, entry["jurisdiction"])
        ]
    return found


def _above(
    registry: Registry, intervention: str, jurisdiction: str | None, as_of: date, condition: str | None
) -> list[Held]:
    kinds = [
        k for k in registry.data["interventions"] if k != intervention and registry.is_a(intervention, k)
    ]
    return _held(registry, kinds, jurisdiction, as_of, condition)


def _current(record: Record, as_of: date) -> list[Mapping[str, Any]]:
    """The status in force in each jurisdiction: the last listed one that had begun."""
    latest: dict[str, Mapping[str, Any]] = {}
    for entry in record.get("regulatory", ()):
        if str(entry.get("since", "0000")) <= as_of.isoformat():
            latest[entry["jurisdiction"]] = entry
    return [latest[key] for key in sorted(latest)]


def _tell(word: str, held: list[Held], registry: Registry, as_of: date, note: str = "") -> Verdict:
    held = sorted(held, key=lambda one: str(one[1]["as_of"]), reverse=True)  # the freshest is told
    record, entry = held[0]
    place = _PLACES.get(entry["jurisdiction"], entry["jurisdiction"])
    since = f" since {entry['since']}" if entry.get("since") else f", checked {entry['as_of']}"
    status = registry.data["statuses"][entry["status"]]["title"].lower()
    product = _called(record, entry, registry)
    use = registry.name(record.get("condition"))
    source = _source(record, entry)
    cited = (
        f" (source: {source['title']}{', ' + source['date'] if source.get('date') else ''})" if source else ""
    )
    detail = f"{product}, {use}: {status} in {place}{since}{cited}."
    if entry["status"] == "R2":
        note = f"{note} Conditional approval rests on evidence still to come.".strip()
    if entry["status"] == "R?":
        note = f"{note} {entry.get('note', '')}".strip()
    ids = tuple(dict.fromkeys(str(one["id"]) for one, _ in held))
    result = Verdict(word, tier_of(record), None, ids, f"{detail} {note}".strip())
    # The regulatory axis ages faster than the evidence axis.
    yearly = {**record, "as_of": _full(entry["as_of"]), "recheck_months": 12}
    return settle(result, yearly, as_of) if due(yearly) < as_of else result


def _called(record: Record, entry: Mapping[str, Any], registry: Registry) -> str:
    """What the product is called in that place: an entry's note that begins "As Name" tells of another name."""
    product = record.get("qualifiers", {}).get("product") or registry.name(record["intervention"])
    product = str(product[0].upper() + product[1:])
    there = _NAMED_AS.match(entry.get("note", ""))
    return f"{there[1]} (now {product})" if there and there[1] != product else product


def _source(record: Record, entry: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The source for that place: the first that names it, else the first that names no place, else the first."""
    sources: list[Mapping[str, Any]] = list(record["sources"])
    places = [place_named(str(one["title"]).lower()) for one in sources]
    for wanted in (entry["jurisdiction"], None):
        if wanted in places:
            return sources[places.index(wanted)]
    return sources[0] if sources else None


def _full(day: str) -> str:
    return f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10]
