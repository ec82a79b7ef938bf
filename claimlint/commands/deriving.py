"""Turns documents into assertion records and claimed tiers, for a person to review and adopt.

What is derived is a draft: it says on which words it rests and where they stand, and nothing that it
writes counts in a verdict until a person has put it in the registry.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from claimlint import readers
from claimlint.checking import Engines, Job
from claimlint.config import Settings
from claimlint.covered import uncovered
from claimlint.credibility import scorecard
from claimlint.discovery import Target, display
from claimlint.errors import ReadError, UsageError
from claimlint.evidence import Registry, load
from claimlint.evidence.assertion import Assertion
from claimlint.evidence.check import checked
from claimlint.evidence.derive import combine
from claimlint.evidence.designs import Designs
from claimlint.evidence.extract import Extractor
from claimlint.evidence.ids import ids_in
from claimlint.language.reader import Reader
from claimlint.loading import read_file
from claimlint.model import Confidence, Document, Finding, Severity, Signals
from claimlint.phrasebook import Phrasebook
from claimlint.reporters.view import count
from claimlint.rules.locate import data_folder
from claimlint.signals import signals
from claimlint.spans import LineIndex, to_source

_HEADER = """\
# A draft, derived from documents by claimlint and read by nobody yet. Check each assertion against its place, put
# `says` into words of your own, and copy what is right: documents into records of sources, tiers into `claimed`.
"""
_LONGEST_ID = 24


def derive(paths: Sequence[str], *, as_of: date, cache: bool = True) -> dict[str, Any]:
    """Seed records of the documents and the claimed tier of each pair in them, as plain data.

    ``documents`` follow claimlint/schemas/seed.schema.json; ``nothing_asserted`` lists the others. UsageError for a path that is no file,
    ReadError for a document that can't be read or isn't in English.
    """
    engines, settings = Engines(Job(as_of, cache=cache)), Settings(root=str(Path.cwd()))
    ruleset = engines.ruleset(settings)
    book = Phrasebook(ruleset, [])
    reader = Reader(ruleset.terms, book.tables, book.cue_of)
    registry = load(cache=cache)
    designs = Designs(checked(str(data_folder("seeds") / "designs.yaml")).value)
    extractor = Extractor(registry, designs)
    records: list[dict[str, Any]] = []
    silent: list[str] = []
    taken: set[str] = set()
    for path in paths:
        document, digest = _document(path)
        sentences = [
            sentence for index, block in enumerate(document.blocks) for sentence in reader.whole(index, block)
        ]
        facts = signals(document, sentences, book.signal_of)
        card = scorecard(document, facts)
        name = _name(path, taken)
        record = _record(name, path, digest, document, facts, card, as_of)
        record["credibility"]["estimate"] = designs.estimate(card["score"])
        record["credibility"]["overclaim_lines"] = _overclaims(
            document, engines.engine(settings).check(document).findings
        )
        record["assertions"] = list(_assertions(name, document, extractor.read(sentences), registry))
        if record["assertions"]:
            records.append(record)
        else:
            silent.append(display(path))
    return {
        "version": 1,
        "as_of": as_of.isoformat(),
        **({"nothing_asserted": silent} if silent else {}),
        "documents": records,
        "claimed": list(_claimed(records, registry)),
    }


def render(derived: Mapping[str, Any]) -> str:
    """The draft as YAML, under a header that says what it is."""
    import yaml

    return _HEADER + yaml.safe_dump(dict(derived), sort_keys=False, allow_unicode=True, width=110)


def summary(derived: Mapping[str, Any]) -> str:
    """One line for people: how much was derived, and where it differs from what is on record."""
    records = derived["documents"]
    made = sum(len(record["assertions"]) for record in records)
    new = sum(1 for entry in derived["claimed"] if "on_record" not in entry)
    silent = len(derived.get("nothing_asserted", ()))
    none = f"; {count(silent, 'document')} with none" if silent else ""
    return (
        f"{count(made, 'assertion')} in {count(len(records), 'document')}{none}; "
        f"{count(len(derived['claimed']), 'pair')}, {new} not on record; a draft for a person to review"
    )


def _document(path: str) -> tuple[Document, str]:
    file = Path(path)
    if not file.is_file():
        what = "is a folder" if file.is_dir() else "isn't there"
        raise UsageError(f"{display(path)} {what}: name the documents one by one")
    shown = display(path)
    data = read_file(Target(shown, str(file.resolve())))
    document = readers.read(shown, data, name=str(file.resolve()))
    problem = uncovered(document)
    if problem:
        raise ReadError(problem, shown)
    return document, hashlib.sha256(data).hexdigest()


def _name(path: str, taken: set[str]) -> str:
    """Letters and digits of the file's name; a number is added where another document has it."""
    base = re.sub(r"[^a-z0-9]", "", Path(path).stem.lower())[:_LONGEST_ID] or "document"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}x{number}"
    taken.add(name)
    return name


def _record(
    name: str,
    path: str,
    digest: str,
    document: Document,
    facts: Signals,
    card: Mapping[str, Any],
    as_of: date,
) -> dict[str, Any]:
    lacking = [item["item"] for item in card["items"] if item["scored"] and item["state"] == "absent"]
    return {
        "version": 1,
        "id": name,
        "title": f"To be described: {Path(path).name}",
        "file": Path(path).name,
        "sha256": digest,
        "characters": len(document.source),
        "publisher": f"to be added; speaks as: {facts.speaker}",
        "sells": "what it describes, it seems" if facts.promotes else "nothing, it seems",
        "language": "en",
        "as_of": as_of.isoformat(),
        "credibility": {
            "estimate": 0.0,
            "cta": _found(facts.cta),
            "author": _found(facts.author),
            "date": _found(facts.date),
            "references": _found(facts.citations),
            "risks": "a harm is named" if facts.harms else "no harm is named",
            "missing": sorted(set(lacking)),
            "overclaim_lines": [],
        },
    }


def _overclaims(document: Document, findings: Iterable[Finding]) -> list[int]:
    """The lines of what a reviewer would ask to change: warnings and errors that point at words."""
    index = LineIndex(document.source)
    return sorted(
        {
            index.position(found.start)[0]
            for found in findings
            if found.place is not None
            and found.start is not None
            and found.severity is not Severity.NOTE
            and found.confidence is not Confidence.LOW
        }
    )


def _found(value: bool) -> str:
    return "found" if value else "none found"


def _assertions(
    name: str, document: Document, found: Iterable[Assertion], registry: Registry
) -> Iterator[dict[str, Any]]:
    index = LineIndex(document.source)
    used: dict[int, int] = {}
    # An id elsewhere on the page is about something else: it counts in the assertion's own block.
    citing = {at for at, block in enumerate(document.blocks) if any(ids_in(block.text))}
    for one in found:
        places = [to_source(document.blocks[block], low, high) for block, low, high in one.spans]
        start, end = places[0][0], places[-1][1]
        line, last = index.position(start)[0], index.position(end)[0]
        used[line] = used.get(line, 0) + 1
        letter = chr(ord("a") + used[line] - 1) if used[line] <= 26 else None
        if letter is None:
            continue  # one line with more than 26 assertions is no copy that a person wrote
        entry: dict[str, Any] = {
            "id": f"{name}:{line}{letter}",
            "at": {"line": line, **({"end_line": last} if last != line else {}), "start": start, "end": end},
            "sha256": hashlib.sha256(document.source[start:end].encode()).hexdigest(),
            "says": _says(one, registry),
            "intervention": one.intervention,
            "conditions": list(one.conditions),
            "stage": one.stage,
            "direction": one.direction,
            "hedge": one.hedge,
        }
        more = {
            "population": one.design.population,
            "route": one.design.route,
            "n": one.design.n,
            "year": one.design.year,
            "jurisdiction": one.jurisdiction,
            "mechanism": one.mechanism,
            "named": one.named or None,
            "cited": bool(one.ids) or any(map(citing.__contains__, _blocks(one))) or None,
            "limitation": one.stage == "status" or None,
        }
        yield entry | {key: value for key, value in more.items() if value is not None}


def _blocks(one: Assertion) -> set[int]:
    return {block for block, _, _ in one.spans}


def _says(one: Assertion, registry: Registry) -> str:
    about = ", ".join(registry.name(condition) for condition in one.conditions)
    done = f" ({', '.join(effect.replace('-', ' ') for effect in one.effects)})" if one.effects else ""
    basis = f"; the words '{one.design.words}'" if one.design.words else ""
    return f"{registry.name(one.intervention)} and {about}{done}{basis}. To be put in your own words."


def _claimed(records: Sequence[Mapping[str, Any]], registry: Registry) -> Iterator[dict[str, Any]]:
    tiers = checked(str(data_folder("seeds") / "tiers.yaml")).value
    everything = [entry for record in records for entry in record["assertions"]]
    credibility = {record["id"]: record["credibility"]["estimate"] for record in records}
    for (intervention, condition), tier in combine(everything, credibility, tiers).items():
        rests = [
            entry["id"]
            for entry in everything
            if entry["intervention"] == intervention and condition in entry["conditions"]
        ]
        known = {
            str(record["id"]): {
                "claimed": record.get("claimed", {}).get("tier"),
                "verified": record["verified"]["tier"],
            }
            for record in registry.at(intervention, condition)
        }
        yield {
            "intervention": intervention,
            "condition": condition,
            "tier": tier,
            "assertions": rests,
            **({"on_record": known} if known else {}),
        }
