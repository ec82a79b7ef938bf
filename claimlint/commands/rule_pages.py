"""Describes rules in words and as data: what ``rules list``, ``rules show`` and ``explain`` print.

A rule's file holds everything that is said of it, so this only lays it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import fill
from typing import Any

from claimlint import selectors
from claimlint.errors import UsageError
from claimlint.model import Rule
from claimlint.rules.ruleset import Ruleset


def pick(rules: Sequence[Rule], names: Iterable[str]) -> tuple[Rule, ...]:
    """The rules that ``names`` mean, in the order of ``rules``; UsageError for a name that means none."""
    wanted = tuple(names)
    for name in wanted:
        problem = selectors.unknown(name, rules)
        if problem:
            raise UsageError(problem)
    return tuple(rule for rule in rules if selectors.any_matches(wanted, rule.id, rule.category))


def listing(rules: Sequence[Rule]) -> str:
    """One line a rule: id, severity, category, title."""
    width = max((len(rule.id) for rule in rules), default=0)
    return "".join(
        f"{rule.id:<{width}}  {rule.severity:<7}  {rule.category:<15}  {rule.title}\n" for rule in rules
    )


def as_json(rules: Sequence[Rule], ruleset: Ruleset) -> str:
    """The rules as a JSON list."""
    import json

    return json.dumps([_record(rule, ruleset) for rule in rules], ensure_ascii=False, indent=2) + "\n"


def _record(rule: Rule, ruleset: Ruleset) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": rule.title,
        "kind": rule.kind,
        "category": rule.category,
        "severity": rule.severity.value,
        "confidence": rule.confidence.value,
        "message": rule.message,
        "why": rule.why,
        "suggest": list(rule.suggest),
        "provisions": [
            {"id": name, **{k: str(v) for k, v in ruleset.provisions.get(name, {}).items() if k != "id"}}
            for name in rule.provisions
        ],
        "sources": list(rule.sources),
        "profiles": sorted(rule.profiles),
        "since": rule.since,
        "examples": {"flag": list(rule.flag), "pass": list(rule.passes)},
        "origin": rule.origin,
    }


def page(rule: Rule, ruleset: Ruleset) -> str:
    """Everything that a reader wants to know of one rule."""
    facts = [rule.severity.value, f"category {rule.category}", f"confidence {rule.confidence.value}"]
    if rule.profiles:
        facts.append(f"only in the profile {' or '.join(sorted(rule.profiles))}")
    if rule.since:
        facts.append(f"since {rule.since}")
    parts = [f"{rule.id}\n{rule.title}\n({', '.join(facts)})\n", _wrapped(rule.why)]
    if rule.unless:
        parts.append(f"Not reported where the words are: {', '.join(sorted(rule.unless))}\n")
    parts += [
        _listed("Instead", rule.suggest),
        _listed("Found", [text.replace("[[", ">").replace("]]", "<") for text in rule.flag]),
        _listed("Left alone", [text.replace("[[", "").replace("]]", "") for text in rule.passes]),
        _listed("Law and guidance", [_provision(name, ruleset) for name in rule.provisions]),
        _listed("Sources", rule.sources),
        f'To silence one instance, above its line:  claimlint: ignore {rule.id} reason="..."\n',
    ]
    return "\n".join(part for part in parts if part)


def _provision(name: str, ruleset: Ruleset) -> str:
    record = ruleset.provisions.get(name, {})
    title = record.get("title") or record.get("name") or ""
    url = record.get("source_url") or record.get("url") or ""
    seen = ", ".join(
        f"{told} {record[key]}"
        for key, told in (("last_checked", "checked"), ("recheck_by", "again by"))
        if record.get(key)
    )
    parts = (name, f": {title}" if title else "", url, f"({seen})" if seen else "")
    return " ".join(str(part) for part in parts if part).replace(" :", ":")


def _listed(heading: str, items: Sequence[str]) -> str:
    return f"{heading}:\n" + "".join(_wrapped(item, "  - ", "    ") for item in items) if items else ""


def _wrapped(text: str, first: str = "", rest: str = "") -> str:
    return fill(
        " ".join(text.split()),
        width=96,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    ) + ("\n" if text else "")
