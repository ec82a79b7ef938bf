"""Finds records by what people call things: product names, abbreviations and synonyms stand for the concepts of the lexicon.

Ids alone would hide a record from everyone who asks for "Ryoncil" or "MS", and letters within a word would find "msc" for "ms".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from claimlint.evidence.registry import Record, Registry

Names = Mapping[str, frozenset[str]]
"""What a name in lower case stands for: concepts of treatments and conditions."""
_KINDS = frozenset({"intervention", "condition"})
_LONGEST = 6  # words of one name
_START = 4  # letters from which the start of a word will do ("sclero")
_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHE = re.compile("['\u2019]")
_NEAR = 5  # records that are offered where none fits


def names_of(terms: Iterable[Sequence[Any]], registry: Registry) -> Names:
    """Every name of a treatment or condition on record: forms of the lexicon's terms, and the registry's own names and ids."""
    out: dict[str, set[str]] = {}
    for term in terms:
        if term[2] in _KINDS:
            out.setdefault(_plain(term[0]), set()).add(term[1])
    for kind in ("interventions", "conditions", "mechanisms"):
        for concept, entry in registry.data[kind].items():
            for name in (concept, entry["name"]):
                out.setdefault(_plain(name), set()).add(concept)
    return {name: frozenset(concepts) for name, concepts in out.items()}


def find_records(
    records: Sequence[Record], words: Sequence[str], names: Names, registry: Registry
) -> list[Record]:
    """The records that all ``words`` are about: a name takes in what is narrower, any other word has to stand in the record."""
    asked = split(words, names)
    return [one for one in records if all(_about(one, word, names, registry) for word in asked)]


def narrowest(records: Sequence[Record], words: Sequence[str], names: Names) -> list[Record]:
    """Of records found for ``words``, those in force of exactly what they name, where there are any."""
    concepts = set().union(*(names.get(word, ()) for word in split(words, names)))
    exact = [one for one in records if {one.get("intervention"), one.get("condition")} & concepts]
    current = [one for one in exact or records if not one.get("superseded_by")]
    return current or list(exact or records)


def near(records: Sequence[Record], words: Sequence[str], names: Names, registry: Registry) -> str | None:
    """What comes near to words that no record fits: a name that is spelt alike, else records that some of them are about."""
    asked = split(words, names)
    unknown = [word for word in asked if not any(_about(one, word, names, registry) for one in records)]
    alike = _alike(unknown[0], records, names, registry) if unknown else None
    if alike is not None:
        return f"did you mean '{alike}'?"
    ids = [str(one["id"]) for one in records if any(_about(one, word, names, registry) for word in asked)]
    more = f" and {len(ids) - _NEAR} more" if len(ids) > _NEAR else ""
    return f"near are {', '.join(ids[:_NEAR])}{more}" if ids else None


def split(words: Sequence[str], names: Names) -> list[str]:
    """The words as names, the longest first ("multiple sclerosis"), and what is left word by word."""
    plain = [part for word in words for part in _plain(word).split()]
    out, at = [], 0
    while at < len(plain):
        stop = next(
            (
                end
                for end in range(min(len(plain), at + _LONGEST), at, -1)
                if " ".join(plain[at:end]) in names
            ),
            at + 1,
        )
        out.append(" ".join(plain[at:stop]))
        at = stop
    return out


def _about(record: Record, word: str, names: Names, registry: Registry) -> bool:
    """Whether a name or a word in lower case says what the record is about."""
    return any(_within(record, concept, registry) for concept in names.get(word, ())) or _holds(record, word)


def _within(record: Record, concept: str, registry: Registry) -> bool:
    """Whether the record is of the concept or of something narrower."""
    return concept in _covers(record, registry)


def _covers(record: Record, registry: Registry) -> set[str]:
    """What the record is about, and everything broader."""
    intervention = str(record.get("intervention") or record.get("product") or "")
    condition = str(record.get("condition") or record.get("indication") or "")
    return {
        *registry.above(intervention),
        *registry.conditions_above(condition),
        str(record.get("mechanism", "")),
    }


def _holds(record: Record, word: str) -> bool:
    """Whether the word stands in the record's id or names of products, whole, or as the start of a longer one."""
    said = [record["id"], record.get("product", ""), record.get("indication", "")]
    said.append(record.get("qualifiers", {}).get("product", ""))
    told = _plain(" ".join(map(str, said))).split()
    if len(word) >= _START:
        return any(one.startswith(word) for one in told)
    return word in told


def _alike(word: str, records: Sequence[Record], names: Names, registry: Registry) -> str | None:
    """A name of something on record that is spelt nearly so."""
    covered = set().union(*(_covers(one, registry) for one in records))
    held = [name for name, concepts in names.items() if name and not covered.isdisjoint(concepts)]
    found = get_close_matches(word, sorted(held), n=1, cutoff=0.7)
    return found[0] if found else None


def _plain(name: str) -> str:
    return " ".join(_WORD.findall(_APOSTROPHE.sub("", name.lower())))
