"""Joins rules to the law: a concept is written once and tied to the rules that find it and the provisions that speak of it.

It acts when rules are compiled, so that a run pays nothing for it, and it is the one place where a provision's
confidence limits how grave a finding may be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from claimlint.errors import RuleError, did_you_mean
from claimlint.rules.yamlfile import YamlFile

_LEVELS = ("note", "warning", "error")
_MOST = {"H": "error", "M": "warning", "L": "note"}
_SEVERITY, _PROVISIONS = 4, 10
"""Where `validate.rule_fields` keeps them."""

Fields = tuple[Any, ...]


def gravest(severity: str, provisions: Collection[Mapping[str, Any]]) -> str:
    """``severity``, but no more than the surest of the provisions bears: error for H, warning for M, note for L.

    Provisions that state no confidence (a team's own) limit nothing.
    """
    if not provisions or any(record.get("confidence") is None for record in provisions):
        return severity
    bearable = max(_LEVELS.index(_MOST[record["confidence"]]) for record in provisions)
    return _LEVELS[min(_LEVELS.index(severity), bearable)]


def joined(
    rules: Mapping[str, Fields],
    concepts: Sequence[Mapping[str, Any]],
    packs: Mapping[str, Mapping[str, Any]],
    provisions: Mapping[str, Mapping[str, Any]],
) -> dict[str, Fields]:
    """The rules with the provisions of the loaded packs' jurisdictions, and with the severity that those bear.

    A pack's ``applies`` may raise a concept's rules, never beyond what the confidence of its provisions bears.
    """
    places = {pack["jurisdiction"]: pack for pack in packs.values() if "jurisdiction" in pack}
    out = {}
    for ident, fields in rules.items():
        own = [provisions[name] for name in fields[_PROVISIONS] if name in provisions]
        severity = gravest(fields[_SEVERITY], own)
        names = list(fields[_PROVISIONS])
        for concept in concepts if places else ():
            if not any(_means(pattern, ident) for pattern in concept["rules"]):
                continue
            by_place: dict[str, list[Mapping[str, Any]]] = {}
            for name in concept["provisions"]:
                place = str(provisions.get(name, {}).get("jurisdiction"))
                if place in places:
                    names.append(name)
                    by_place.setdefault(place, []).append(provisions[name])
            for place, records in by_place.items():
                asked = gravest(places[place].get("applies", {}).get(concept["id"], "note"), records)
                severity = max(severity, asked, key=_LEVELS.index)
        changed = list(fields)
        changed[_SEVERITY], changed[_PROVISIONS] = severity, tuple(dict.fromkeys(names))
        out[ident] = tuple(changed)
    return out


def concept_problems(
    concepts: Sequence[tuple[YamlFile, int, Mapping[str, Any]]],
    packs: Sequence[YamlFile],
    rules: Collection[str],
    provisions: Collection[str],
) -> Iterator[RuleError]:
    """Names in concepts and packs that stand for nothing that is known."""
    known: set[str] = set()
    loaded = {ident.partition("/")[0] for ident in rules}
    for file, index, concept in concepts:
        if concept["id"] in known:
            yield file.error(f"the concept '{concept['id']}' is there already", ("concepts", index))
        known.add(concept["id"])
        for at, name in enumerate(concept["provisions"]):
            if name not in provisions:
                hint = did_you_mean(name, list(provisions))
                yield file.error(f"unknown provision '{name}'{hint}", ("concepts", index, "provisions", at))
        for at, pattern in enumerate(concept["rules"]):
            if pattern.partition("/")[0] in loaded and not any(_means(pattern, ident) for ident in rules):
                yield file.error(f"no rule is called '{pattern}'", ("concepts", index, "rules", at))
    for file in packs:
        for name in file.value.get("applies", {}):
            if known and name not in known:
                hint = did_you_mean(name, sorted(known))
                yield file.error(f"unknown concept '{name}'{hint}", ("applies", name))


def _means(pattern: str, ident: str) -> bool:
    return ident == pattern or (pattern.endswith("/*") and ident.startswith(pattern[:-1]))
