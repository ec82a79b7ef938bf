"""Decides whether a file may be used as a rule, and turns it into a Rule or into errors with lines.

What the JSON Schema can say stands in rule.schema.json; this adds what it can't: marked examples,
placeholders of the message, patterns that compile, and names that must be known elsewhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from claimlint.errors import RuleError, did_you_mean
from claimlint.rules.references import Known, reference_problems
from claimlint.rules.schema import problems
from claimlint.rules.testing import unmark
from claimlint.rules.yamlfile import YamlFile

_TIME_LIMIT = 0.25
_MOST_TURNS = 10_000
"""Least counts of a team's expression, multiplied: the matcher writes every turn out."""
_COUNT = re.compile(r"\{(\d{1,9})")

MARKED_KINDS = frozenset({"phrase", "claim", "hidden-text"})
"""Kinds whose findings have a place, so that every `flag` example must mark it."""


def rule_problems(file: YamlFile, known: Known) -> Iterator[RuleError]:
    """Everything that is wrong with a rule file; the `match` of a plugin's kind is the plugin's to check."""
    own = isinstance(file.value, dict) and file.value.get("kind") in known.kinds
    broken = False
    for problem in problems(file, "rule"):
        if own and problem.reason.startswith("unknown kind"):
            continue
        broken = True
        yield problem
    if broken:
        return
    yield from _placeholders(file)
    yield from _examples(file)
    yield from _patterns(file)
    yield from reference_problems(file, known)


def _placeholders(file: YamlFile) -> Iterator[RuleError]:
    from string import Formatter

    try:
        names = [name for _, name, _, _ in Formatter().parse(file.value["message"]) if name is not None]
    except ValueError:
        yield file.error(
            "'message' has a brace too many or too few: it may hold {quote} and {title}", ("message",)
        )
        return
    for name in names:
        if name not in ("quote", "title"):
            hint = did_you_mean(name, ["quote", "title"]) or ": only {quote} and {title} are"
            yield file.error(f"'{{{name}}}' isn't known in 'message'{hint}", ("message",))


def _examples(file: YamlFile) -> Iterator[RuleError]:
    must_mark = file.value["kind"] in MARKED_KINDS
    for side in ("flag", "pass"):
        seen: set[str] = set()
        for index, example in enumerate(file.value["examples"][side]):
            place = ("examples", side, index)
            text = example if isinstance(example, str) else example["text"]
            if text in seen:
                yield file.error("the example is there twice", place)
            seen.add(text)
            try:
                _, spans = unmark(text)
            except ValueError as error:
                yield file.error(str(error), place)
                continue
            if side == "pass" and spans:
                yield file.error("a 'pass' example has no [[marked]] words: nothing is found in it", place)
            if side == "flag" and must_mark and not spans:
                yield file.error("mark the words that must be found: [[so]]", place)


def _patterns(file: YamlFile) -> Iterator[RuleError]:
    from claimlint.rules.lexicon import phrase_problems

    match = file.value["match"]
    yield from phrase_problems(file, file.value.get("even_if", ()), ("even_if",))
    yield from phrase_problems(file, match.get("says", ()), ("match", "says"))
    for part in ("elements", "altered"):
        for name, phrases in match.get(part, {}).items():
            yield from phrase_problems(file, phrases, ("match", part, name))
    for name in match.get("altered", {}):
        if name not in match["elements"]:
            hint = did_you_mean(name, list(match["elements"]))
            yield file.error(
                f"'altered' speaks of an unknown element '{name}'{hint}", ("match", "altered", name)
            )
    if file.value["kind"] == "required" and "within" in match and "says" not in match:
        problem = "'match.within' goes with 'says': it says how near the phrase must stand"
        yield file.error(problem, ("match", "within"))
    if file.value["kind"] != "phrase":
        return
    yield from phrase_problems(file, match.get("phrases", ()), ("match", "phrases"))
    yield from phrase_problems(file, match.get("exclude", ()), ("match", "exclude"))
    yield from phrase_problems(file, match.get("behind", ()), ("match", "behind"))
    for index, pattern in enumerate(match.get("regex", ())):
        import regex

        place = ("match", "regex", index)
        if math.prod(max(1, int(count)) for count in _COUNT.findall(pattern)) > _MOST_TURNS:
            problem = (
                f"the regular expression asks for more than {_MOST_TURNS:,} turns, which takes all memory"
            )
            yield file.error(f"{problem}: make its counts smaller", place)
            continue
        try:
            empty = regex.compile(pattern).fullmatch("", timeout=_TIME_LIMIT) is not None
        except regex.error as error:
            yield file.error(f"the regular expression can't compile: {error}", place)
        except RecursionError:
            yield file.error("the regular expression is nested too deeply: make it simpler", place)
        except TimeoutError:
            problem = f"the regular expression takes more than {_TIME_LIMIT} s on no text at all"
            yield file.error(f"{problem}: make it simpler, or write it as a phrase", place)
        else:
            if empty:
                yield file.error("the regular expression matches nothing at all: it needs a word", place)


def rule_fields(file: YamlFile, identity: str) -> tuple[Any, ...]:
    """The checked rule as builtins, in the order of Rule's fields: what the cache keeps."""
    value = file.value
    examples = value["examples"]
    every = [*examples["flag"], *examples["pass"]]
    return (
        identity,
        value["title"].strip(),
        value["kind"],
        value["category"],
        value["severity"],
        value["confidence"],
        " ".join(value["message"].split()),
        " ".join(value["why"].split()),
        value["match"],
        tuple(value.get("suggest", ())),
        tuple(value.get("provisions", ())),
        tuple(value.get("sources", ())),
        tuple(value.get("unless", ())),
        tuple(value.get("even_if", ())),
        tuple(value.get("scope", ())),
        value.get("when", "any"),
        tuple(value.get("profiles", ())),
        value.get("since", ""),
        tuple(_text(example) for example in examples["flag"]),
        tuple(_text(example) for example in examples["pass"]),
        value.get("fix", {}),
        file.path,
        {
            _text(example): example["format"]
            for example in every
            if isinstance(example, dict) and "format" in example
        },
    )


def _text(example: str | dict[str, str]) -> str:
    return example if isinstance(example, str) else example["text"]
