"""Joins rules to the law: a concept is written once and tied to the rules that find it and the provisions that speak of it.

It acts when rules are compiled, so that a run pays nothing for it; how grave a finding the law can bear is for ``bearing``
to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from claimlint.errors import RuleError, did_you_mean
from claimlint.rules.bearing import Borne, Raise, settled
from claimlint.rules.yamlfile import YamlFile

_SEVERITY, _PROVISIONS = 4, 10
"""Where `validate.rule_fields` keeps them."""

Fields = tuple[Any, ...]


def joined(
    rules: Mapping[str, Fields],
    concepts: Sequence[Mapping[str, Any]],
    packs: Mapping[str, Mapping[str, Any]],
    provisions: Mapping[str, Mapping[str, Any]],
) -> tuple[dict[str, Fields], dict[str, Borne]]:
    """The rules with the provisions of the loaded packs' jurisdictions, and with the severity that those bear.

    A pack's ``applies`` may raise a concept's rules, never beyond what the confidence of its provisions bears. What each
    rule rests on is told besides, since it bears less once it is due to be read again.
    """
    places = {pack["jurisdiction"]: pack for pack in packs.values() if "jurisdiction" in pack}
    out, resting = {}, {}
    for ident, fields in rules.items():
        names = list(fields[_PROVISIONS])
        raises: list[Raise] = []
        for concept in concepts if places else ():
            if not any(_means(pattern, ident) for pattern in concept["rules"]):
                continue
            by_place: dict[str, list[str]] = {}
            for name in concept["provisions"]:
                place = str(provisions.get(name, {}).get("jurisdiction"))
                if place in places:
                    names.append(name)
                    by_place.setdefault(place, []).append(name)
            for place, found in by_place.items():
                asked = places[place].get("applies", {}).get(concept["id"], "note")
                raises.append((asked, tuple(found)))
        changed = list(fields)
        changed[_PROVISIONS] = tuple(dict.fromkeys(names))
        if names:
            resting[ident] = (fields[_SEVERITY], tuple(fields[_PROVISIONS]), tuple(raises))
            changed[_SEVERITY] = settled(resting[ident], provisions)
        out[ident] = tuple(changed)
    return out, resting


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
