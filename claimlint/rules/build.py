"""Compiles the sources of a ruleset to plain builtins: the work that the cache saves.

Every file is parsed and judged by itself, and only when all are sound does anything leave here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from claimlint.errors import RuleError
from claimlint.model import Confidence, Rule, Scope, Severity

_OF_FILE = ("jurisdiction", "last_checked", "recheck_months")
"""What a file of provisions may state once for all of its records."""
_ID = re.compile(r"[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)+")


def compile_sources(sources: Sequence[tuple[str, str, str, bytes]], kinds: Collection[str]) -> dict[str, Any]:
    """``rules``, ``terms``, ``cues``, ``packs``, ``provisions`` and ``resting`` as builtins that marshal can write.

    Raises the first RuleError in the order of the sources, with the number of further ones.
    """
    from claimlint.rules import bearing, joins, lexicon
    from claimlint.rules.references import Known
    from claimlint.rules.schema import problems
    from claimlint.rules.validate import rule_fields, rule_problems
    from claimlint.rules.yamlfile import YamlFile, parse

    errors: list[RuleError] = []
    sound: dict[str, list[tuple[str, YamlFile]]] = {"rule": [], "pack": [], "lexicon": [], "provisions": []}
    for what, name, shown, data in sources:
        try:
            file = parse(shown, data)
        except RuleError as error:
            errors.append(error)
            continue
        found = [] if what == "rule" else list(problems(file, what))
        errors += found
        if not found:
            sound[what].append((name, file))

    provisions: dict[str, dict[str, Any]] = {}
    joints = []
    for _, file in sound["provisions"]:
        joints += [(file, index, one) for index, one in enumerate(file.value.get("concepts", ()))]
        for index, record in enumerate(file.value.get("provisions", ())):
            if record["id"] in provisions:
                errors.append(
                    file.error(f"the provision '{record['id']}' is there already", ("provisions", index))
                )
            shared = {key: file.value[key] for key in _OF_FILE if key in file.value}
            provisions[record["id"]] = whole = {**shared, **record}
            try:
                by = bearing.due(whole)
            except ValueError:
                errors.append(
                    file.error(f"'{whole['last_checked']}' is no date", ("provisions", index, "last_checked"))
                )
                continue
            if by:
                whole["recheck_by"] = by

    terms, cues, wrong = lexicon.read(file for _, file in sound["lexicon"])
    errors += wrong

    classes: dict[str, set[str]] = {}
    concepts: dict[str, set[str]] = {}
    for _, ident, kind, group, _, _ in terms:
        classes.setdefault(kind, set()).add(group)
        concepts.setdefault(kind, set()).add(ident)
    known = Known(kinds, provisions, classes, concepts)
    rules: dict[str, tuple[Any, ...]] = {}
    for identity, file in sound["rule"]:
        found = list(rule_problems(file, known))
        if not _ID.fullmatch(identity):
            found.append(
                file.error(f"rename the file: the id '{identity}' may hold only a-z, 0-9 and hyphens")
            )
        elif identity in rules:
            found.append(file.error(f"the rule '{identity}' is there already, in {rules[identity][-2]}"))
        errors += found
        if not found:
            rules[identity] = rule_fields(file, identity)
    packs = [file for _, file in sound["pack"]]
    errors += joins.concept_problems(joints, packs, rules, provisions)
    if errors:
        raise _first(errors)
    by_name = {name: file.value for name, file in sound["pack"]}
    rules, resting = joins.joined(rules, [concept for _, _, concept in joints], by_name, provisions)
    return {
        "rules": [rules[identity] for identity in sorted(rules)],
        "terms": terms,
        "cues": cues,
        "packs": by_name,
        "provisions": provisions,
        "resting": resting,
    }


_TOLD = 8


def _first(errors: list[RuleError]) -> RuleError:
    """All problems as one error: a misspelt key leads, since the others may only follow from it."""
    first, *rest = sorted(errors, key=lambda error: not error.reason.startswith("unknown"))
    if not rest:
        return first
    told = [f"\n  {error.path}:{error.line or 1}: {error.reason}" for error in rest[:_TOLD]]
    more = len(rest) - len(told)
    if more:
        told.append(f"\n  (and {more} more problem{'s' * (more > 1)} in these files)")
    return RuleError(first.reason + "".join(told), first.path, first.line)


def rule_from(fields: tuple[Any, ...]) -> Rule:
    """The Rule of one tuple of `validate.rule_fields`."""
    ident, title, kind, category, severity, confidence, message, why, match, suggest, provisions, sources = (
        fields[:12]
    )
    unless, even_if, scope, when, profiles, since, flag, passes, fix, origin, formats = fields[12:]
    return Rule(
        id=ident,
        title=title,
        kind=kind,
        category=category,
        severity=Severity(severity),
        confidence=Confidence(confidence),
        message=message,
        why=why,
        match=match,
        suggest=suggest,
        provisions=provisions,
        sources=sources,
        unless=frozenset(unless),
        even_if=even_if,
        scope=frozenset(map(Scope, scope)),
        when=when,
        profiles=frozenset(profiles),
        since=since,
        flag=flag,
        passes=passes,
        origin=origin,
        formats=formats,
        fix=fix,
    )
