"""Writes the pages of the evidence registry from the registry itself: one a treatment, and an index.

A reader who follows a finding wants to see what is known of the treatment, with sources and dates, without installing anything.
tests/test_site.py fails where a page differs from what this writes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "registry"
SURE = {"H": "high", "M": "medium", "L": "low"}
SILENT = '<!-- claimlint: ignore-file core/* reason="reports what studies and authorities said" -->'
INDEX = """\
{records} records on {treatments} treatments. They say what has been published and decided, as of a date, so that a sentence can be
judged; they are not advice for a patient. A pair that is not in the list is not on record here, which says nothing about what is
known elsewhere. [What tiers and verdicts mean](../evidence.md), and [how to correct a record](../evidence.md#add-or-correct-a-record).
"""
HEAD = """\
| treatment | condition or mechanism | tier | confidence | strongest claim without a finding | as of |
|---|---|---|---|---|---|"""
Record = Mapping[str, Any]


@cache
def _registry() -> Any:
    from claimlint import evidence

    return evidence.load(cache=False)


@cache
def _ladder(axis: str) -> dict[str, str]:
    """The titles of one axis of seeds/tiers.yaml, by id."""
    import yaml

    data = yaml.safe_load((ROOT / "seeds" / "tiers.yaml").read_text(encoding="utf-8"))
    return {step["id"]: step["title"] for step in data[axis]}


def _title(record: Record) -> str:
    tier = _tier(record)
    return f"{tier}, {_ladder('evidence')[tier].lower()}" if tier != "none" else "none"


def _text(value: object) -> str:
    return re.sub(r"([<>|*_\[\]`])", r"\\\1", " ".join(str(value).split()))


def _tier(record: Record) -> str:
    from claimlint.evidence.registry import tier_of

    return tier_of(record) or "none"


def _target(record: Record) -> str:
    """What the record is about besides its treatment: a condition or a mechanism."""
    name: str = _registry().name(record.get("condition") or record.get("mechanism"))
    return name


def entry(record: Record) -> str:
    """One record for a reader: what it allows, why, by which studies and sources, and how old it is."""
    parts = [f"## {record['id']}", _text(record["summary"])]
    verified = record["verified"]
    sure = SURE[verified["confidence"]]
    facts = [
        f"about: {_text(_target(record))}",
        f"tier: {_title(record)}, confidence {sure}",
        f"strongest claim without a finding: {_registry().allowed(record)}",
    ]
    facts += [f"{name}: {_text(value)}" for name, value in (record.get("qualifiers") or {}).items()]
    facts.append(f"as of {record['as_of']}, to be looked at again within {record['recheck_months']} months")
    facts += [f"{_ladder('flags')[flag].lower()}" for flag in record.get("flags") or ()]
    if record.get("superseded_by"):
        facts.append(f"superseded by `{record['superseded_by']}`: it counts in no verdict")
    parts.append("\n".join(f"- {fact}" for fact in facts))
    if record.get("wording"):
        parts.append(f"Wording that the record bears out:\n\n> {_text(record['wording'])}")
    for heading, lines in (
        ("What was found", [_text(line) for line in record.get("findings") or ()]),
        ("By outcome", [_outcome(one) for one in record.get("outcomes") or ()]),
        ("Studies", [_study(one) for one in record.get("studies") or ()]),
        ("Approvals and other decisions", [_status(one) for one in record.get("regulatory") or ()]),
        ("Sources", [_source(one) for one in record.get("sources") or ()]),
    ):
        if lines:
            parts.append(f"**{heading}**\n\n" + "\n".join(f"- {line}" for line in lines))
    return "\n\n".join(parts)


def _study(study: Record) -> str:
    """A study with its design and result; the keys are those of the schema, told in the order in which one reads them."""
    told = [str(study[name]) for name in ("design", "year") if study.get(name)]
    told += [f"{study['n']} people"] if study.get("n") else []
    told += [f"result {study['direction']}"] if study.get("direction") else []
    return f"{_text(study.get('name', 'a study'))}: {', '.join(told)}"


def _status(status: Record) -> str:
    title = _ladder("regulatory")[status["status"]]
    since = f", since {status['since']}" if status.get("since") else ""
    note = f". {_text(status['note'])}" if status.get("note") else ""
    sure = SURE[status["confidence"]]
    return f"{status['jurisdiction']}: {title.lower()}{since} (looked up {status['as_of']}, confidence {sure}){note}"


def _outcome(outcome: Record) -> str:
    return f"{_text(outcome['outcome'])}: {outcome['tier']}"


def _source(source: Record) -> str:
    date = f", {source['date']}" if source.get("date") else ""
    sure = f", confidence {SURE[source['confidence']]}" if source.get("confidence") else ""
    return f"{_text(source['title'])}{date}{sure}: <{source['url']}>"


def _grouped() -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in _registry().records():
        found.setdefault(record["intervention"], []).append(record)
    return dict(sorted(found.items()))


def page(treatment: str, records: Iterable[Record]) -> str:
    """All records of one treatment."""
    name = _registry().name(treatment)
    above = [_registry().name(one) for one in _registry().above(treatment)[1:]]
    parts = [f"# {name[:1].upper()}{name[1:]}", SILENT]
    if above:
        parts.append(f"A kind of {', a kind of '.join(above)}.")
    parts.append(
        "What the letters mean stands in [evidence](../evidence.md); nothing here is advice for a patient."
    )
    return "\n\n".join([*parts, *(entry(record) for record in records)]) + "\n"


def index() -> str:
    """The list of all records by treatment."""
    grouped = _grouped()
    rows = [
        f"| [{_registry().name(treatment)}]({treatment}.md) | {_text(_target(record))} | {_tier(record)} "
        f"| {SURE[record['verified']['confidence']]} | {_registry().allowed(record)} | {record['as_of']} |"
        for treatment, records in grouped.items()
        for record in records
    ]
    intro = INDEX.format(records=len(rows), treatments=len(grouped))
    return f"# The evidence registry\n\n{SILENT}\n\n{intro}\n{HEAD}\n" + "".join(f"{row}\n" for row in rows)


def pages() -> dict[Path, str]:
    """Every page with its text."""
    made = {FOLDER / f"{treatment}.md": page(treatment, records) for treatment, records in _grouped().items()}
    return {FOLDER / "index.md": index(), **made}


def run() -> None:
    """Writes all pages and removes those of treatments that have no record any more."""
    made = pages()
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.md"):
        if path not in made:
            path.unlink()
    for path, text in made.items():
        path.write_text(text, encoding="utf-8")
    print(f"{len(made)} pages written", file=sys.stderr)


if __name__ == "__main__":
    run()
