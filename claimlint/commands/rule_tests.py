"""Runs the examples that rules carry through the real readers and engine.

A rule that does not fire on its own example, fires on the wrong words or fires where it must not is
reported with the example, so that its author needs no Python to mend it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from claimlint import evidence, readers
from claimlint.engine import Engine
from claimlint.errors import ReadError
from claimlint.model import Rule
from claimlint.rules.ruleset import Ruleset
from claimlint.rules.testing import Example, examples

AS_OF = date(2026, 11, 24)
"""Examples are judged as of one day, so that a rule's test never changes by itself."""
OVERDUE = date(2036, 11, 24)
"""The day for rules about overdue records: by then each of today's is."""


def problems(ruleset: Ruleset, rules: Sequence[Rule]) -> Iterator[tuple[Rule, str]]:
    """Each example of ``rules`` that does not hold, as the rule and a sentence that says how."""
    registry = evidence.load()
    engines: dict[tuple[str, date], Any] = {}
    for rule in rules:
        if rule.kind == "housekeeping":
            continue
        profile = "team" if not rule.profiles or "team" in rule.profiles else min(rule.profiles)
        day = day_of(rule)
        if (profile, day) not in engines:
            engines[profile, day] = Engine(ruleset, registry, profile=profile, as_of=day)
        found = examples(rule)
        for wanted, what in ((True, "flag"), (False, "pass")):
            if not any(example.must_fire is wanted for example in found):
                yield rule, f"has no '{what}' example; give it at least one"
        for example in found:
            problem = _problem(engines[profile, day], rule, example)
            if problem:
                yield rule, problem


def day_of(rule: Rule) -> date:
    """The day on which the rule's examples are judged."""
    return OVERDUE if rule.match.get("verdicts") == ["stale"] else AS_OF


def _problem(engine: Any, rule: Rule, example: Example) -> str | None:
    shown = f"'{' '.join(example.text.split())}'"
    try:
        document = readers.read(f"example.{example.format}", example.text.encode("utf-8", "surrogatepass"))
    except ReadError as error:
        return f"can't read the example {shown}: {error.reason}"
    spans = [(f.start, f.end) for f in engine.check(document).findings if f.rule == rule.id]
    if not example.must_fire:
        return f"must leave alone but finds {_words(example, spans)} in {shown}" if spans else None
    if not spans:
        return f"does not fire on {shown}"
    missed = [span for span in example.spans if span not in spans]
    if missed:
        wanted = example.text[slice(*missed[0])]
        return f"must find '{wanted}' but finds {_words(example, spans)} in {shown}"
    return None


def _words(example: Example, spans: Sequence[tuple[int | None, int | None]]) -> str:
    return ", ".join(
        "the page as a whole" if start is None else f"'{example.text[start:end]}'" for start, end in spans
    )


def in_files(rules: Sequence[Rule], paths: Sequence[str]) -> tuple[Rule, ...]:
    """The rules whose file is one of ``paths`` or lies below one of them."""
    tops = [os.path.realpath(path) for path in paths]
    return tuple(
        rule for rule in rules if any(_below(os.path.realpath(_file(rule.origin)), top) for top in tops)
    )


def _file(origin: str) -> str:
    """The file of a rule's origin; what ships with claimlint is named from rulesets/ on."""
    if origin.startswith("rulesets/") and not os.path.exists(origin):
        from claimlint.rules.locate import data_path

        return os.path.join(data_path("rulesets"), origin.removeprefix("rulesets/"))
    return origin


def _below(path: str, top: str) -> bool:
    return path == top or path.startswith(top.rstrip(os.sep) + os.sep)
