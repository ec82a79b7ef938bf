"""How grave a finding the law behind it can bear: as grave as the law was surely read, and lately.

It is asked twice, by one yardstick: when rules are compiled, for what was read, and when they are run, for what is
due to be read again, because only a run knows its day.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from claimlint.model import Rule, Severity

LEVELS = ("note", "warning", "error")
_MOST = {"H": "error", "M": "warning", "L": "note"}

Raise = tuple[str, tuple[str, ...]]
"""The severity that a pack asks for, and the provisions that have to bear it."""
Borne = tuple[str, tuple[str, ...], tuple[Raise, ...]]
"""A rule's own severity, the provisions that it names itself, and what packs raise it to."""


def gravest(severity: str, provisions: Collection[Mapping[str, Any]]) -> str:
    """``severity``, but no more than the surest of the provisions bears: error for H, warning for M, note for L.

    One that is ``overdue`` bears a note. Provisions that state no confidence (a team's own) limit nothing.
    """
    if not provisions or any(
        record.get("confidence") is None and not record.get("overdue") for record in provisions
    ):
        return severity
    bearable = max(
        0 if record.get("overdue") else LEVELS.index(_MOST[record["confidence"]]) for record in provisions
    )
    return LEVELS[min(LEVELS.index(severity), bearable)]


def settled(borne: Borne, provisions: Mapping[str, Mapping[str, Any]]) -> str:
    """The severity of a rule once the provisions behind it have been asked."""
    severity, own, raises = borne
    severity = gravest(severity, [provisions[name] for name in own if name in provisions])
    asked = [gravest(level, [provisions[name] for name in names]) for level, names in raises]
    return max((severity, *asked), key=LEVELS.index)


def due(record: Mapping[str, Any]) -> str | None:
    """The day (ISO) by which a provision is to be read again; None where its record states no term."""
    if not (record.get("last_checked") and record.get("recheck_months")):
        return None
    year, month, day = (int(part) for part in record["last_checked"].split("-"))
    months = year * 12 + month - 1 + int(record["recheck_months"])
    return date(months // 12, months % 12 + 1, min(day, 28)).isoformat()


class Aged(NamedTuple):
    """What holds on the day of a run: the rules, the provisions (``overdue`` on those that are), and for each rule that
    weighs less than it did, since when (ISO)."""

    rules: list[Rule]
    provisions: Mapping[str, Mapping[str, Any]]
    since: Mapping[str, str]


def aged(
    rules: Sequence[Rule],
    borne: Mapping[str, Borne],
    provisions: Mapping[str, Mapping[str, Any]],
    as_of: date,
) -> Aged:
    """The rules as grave as the law behind them can bear on the day ``as_of``."""
    today = as_of.isoformat()
    late = {name for name, record in provisions.items() if record.get("recheck_by", today) < today}
    if not late:
        return Aged(list(rules), provisions, {})
    known = {
        name: {**record, "overdue": True} if name in late else record for name, record in provisions.items()
    }
    out, since = [], {}
    for rule in rules:
        old = late.intersection(rule.provisions)
        level = settled(borne[rule.id], known) if old and rule.id in borne else rule.severity.value
        if level != rule.severity.value:
            since[rule.id] = min(known[name]["recheck_by"] for name in old)
        out.append(rule._replace(severity=Severity(level)))
    return Aged(out, known, since)
