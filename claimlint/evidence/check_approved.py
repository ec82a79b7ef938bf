"""What a schema can't tell of a team's approved claims: references that lead nowhere, doubles, dates out of order.

An approval silences findings, so a file with a dangling reference or two entries for the same words is
refused before it counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from claimlint.errors import RuleError, did_you_mean
from claimlint.rules.yamlfile import Keys, YamlFile

_IDS = ("doi", "pmid", "nct", "url")


def approved_problems(file: YamlFile) -> Iterator[RuleError]:
    """Everything wrong with a file that follows its schema."""
    listed: set[str] = set()
    cited: dict[tuple[str, str], str] = {}
    for index, entry in enumerate(file.value["references"]):
        at: Keys = ("references", index)
        if entry["id"] in listed:
            yield file.error(f"the reference '{entry['id']}' is there twice", (*at, "id"))
        listed.add(entry["id"])
        known = [key for key in _IDS if key in entry]
        if not known:
            yield file.error(f"'{entry['id']}' needs a doi, pmid, nct or url, or nobody can find it", at)
        for key in known:
            other = cited.setdefault((key, entry[key].lower()), entry["id"])
            if other != entry["id"]:
                yield file.error(
                    f"'{entry['id']}' has the same {key} as '{other}': keep one of them", (*at, key)
                )
    yield from _claims(file, listed)


def _claims(file: YamlFile, listed: set[str]) -> Iterator[RuleError]:
    ids: set[str] = set()
    used: set[str] = set()
    words: dict[tuple[Any, ...], str] = {}
    for index, entry in enumerate(file.value["claims"]):
        at: Keys = ("claims", index)
        if entry["id"] in ids:
            yield file.error(f"the claim '{entry['id']}' is there twice", (*at, "id"))
        ids.add(entry["id"])
        if "text" not in entry and "phrases" not in entry and "indication" not in entry:
            yield file.error(f"'{entry['id']}' needs text, phrases or an indication: it fits any claim", at)
        for reference in entry["references"]:
            used.add(reference)
            if reference not in listed:
                hint = did_you_mean(reference, frozenset(listed))
                yield file.error(
                    f"'{entry['id']}' names the reference '{reference}', which isn't listed{hint}",
                    (*at, "references"),
                )
        if entry.get("approved_on", "") > entry["valid_until"]:
            yield file.error("'approved_on' is later than 'valid_until'", (*at, "approved_on"))
        key = (
            entry.get("text", "").lower(),
            tuple(entry.get("phrases", ())),
            entry["product"].lower(),
            entry.get("indication", "").lower(),
            tuple(sorted(market.lower() for market in entry.get("market", ()))),
        )
        other = words.setdefault(key, entry["id"])
        if other != entry["id"]:
            yield file.error(f"'{entry['id']}' approves the same as '{other}': keep one of them", at)
    for index, entry in enumerate(file.value["references"]):
        if entry["id"] not in used:
            yield file.error(f"no claim names the reference '{entry['id']}'", ("references", index))
