"""Checks that the names in a rule exist where they point: lexicon classes, concepts and provisions.

A misspelt class would make a rule silently find nothing, so it is an error with the nearest name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from claimlint.errors import RuleError, did_you_mean
from claimlint.rules.yamlfile import Keys, YamlFile

_SLOT = re.compile(r"<([^<>]*)>")
_SLOTS_WITHOUT_LEXICON = ("target", "drug", "number", "percent")
_NAMED = {
    "effects": ("effect", ("effect",)),
    "interventions": ("intervention", ("intervention",)),
    "about": ("intervention", ("intervention",)),
    "not_with": ("intervention", ("intervention",)),
    "conditions": ("condition", ("condition", "symptom")),
    "beyond": ("condition", ("condition", "symptom")),
}
"""By key of `match`: what its entries are called, and the lexicon kinds that they may come from."""


@dataclass(frozen=True, slots=True)
class Known:
    """The names that rules may refer to. Where none of a sort is known, that sort is not checked.

    ``kinds`` are rule kinds that plugins add; ``classes`` and ``concepts`` map a lexicon kind to its
    classes and concept ids.
    """

    kinds: Collection[str] = ()
    provisions: Collection[str] = ()
    classes: Mapping[str, Collection[str]] = field(default_factory=dict)
    concepts: Mapping[str, Collection[str]] = field(default_factory=dict)


def reference_problems(file: YamlFile, known: Known) -> Iterator[RuleError]:
    """Every name in a rule that passes the schema and stands for nothing that is known."""
    yield from _unknown(file, ("provisions",), "provision", known.provisions)
    yield from _slots(file, ("even_if",), known)
    if file.value["kind"] in known.kinds:
        return
    for key in ("phrases", "exclude", "behind"):
        yield from _slots(file, ("match", key), known)
    for key, (what, kinds) in _NAMED.items():
        if all(kind in known.classes for kind in kinds):
            names = {name for kind in kinds for name in (*known.classes[kind], *known.concepts[kind])}
            yield from _unknown(file, ("match", key), what, names)
    if known.classes:
        yield from _unknown(file, ("match", "targets"), "target", _slot_names(known))


def _entries(file: YamlFile, keys: tuple[str, ...]) -> list[tuple[str, Keys]]:
    found = file.value
    for key in keys:
        found = found.get(key, {})
    return [(entry, (*keys, index)) for index, entry in enumerate(found)]


def _unknown(file: YamlFile, keys: tuple[str, ...], what: str, names: Collection[str]) -> Iterator[RuleError]:
    for name, place in _entries(file, keys):
        if names and name not in names:
            yield file.error(f"unknown {what} '{name}'{did_you_mean(name, list(names))}", place)


def _slots(file: YamlFile, keys: tuple[str, ...], known: Known) -> Iterator[RuleError]:
    names = _slot_names(known) if known.classes else set()
    for phrase, place in _entries(file, keys):
        for name in _SLOT.findall(phrase):
            if names and name not in names:
                yield file.error(f"no lexicon has '<{name}>'{did_you_mean(name, list(names))}", place)


def _slot_names(known: Known) -> set[str]:
    """What may stand in angle brackets: lexicon kinds, kinds with a class, and the built-in ones."""
    pairs = {f"{kind}:{name}" for kind, names in known.classes.items() for name in names if name}
    return pairs | set(known.classes) | set(_SLOTS_WITHOUT_LEXICON)
