"""Every phrase that rules, cues and signals hang on, numbered, with whose each is.

The one pass over the text reports phrases by number; this says what a number means. All of it is builtins, built once
for a rule set and then read from the cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypedDict

from claimlint.errors import RuleError
from claimlint.language.tables import Tables, build
from claimlint.language.text import Sentence
from claimlint.model import Rule
from claimlint.rules.cache import cached
from claimlint.rules.ruleset import Ruleset

Spans = list[tuple[int, int]]
Stated = dict[str, list[tuple[Sentence, int, int]]]
"""Element of a notice -> where it stands: the sentence and the offsets in its block."""
_PARTS = ("phrases", "even_if", "exclude", "says", "behind")
_TIME_LIMIT = 0.25
"""Seconds that a rule's regular expression may take on one block before the rule is reported as too slow."""


class _Book(TypedDict):
    tables: Tables
    cue_of: dict[int, tuple[str, str, int]]
    signal_of: dict[int, tuple[str, tuple[str, ...]]]
    rule_of: dict[int, tuple[int, int]]


class Phrasebook:
    """``tables`` for the term finder; ``cue_of`` and ``signal_of`` say which phrases are cues and signals."""

    def __init__(self, ruleset: Ruleset, rules: Sequence[Rule]) -> None:
        self._rules = rules
        key = "\n".join((ruleset.fingerprint, *(rule.id for rule in rules)))
        book: _Book = cached(
            "phrases",
            (),
            lambda: _build(ruleset, rules),
            key=key,
            code=(build.__module__,),
            enabled=bool(ruleset.fingerprint),
        )
        self.tables = book["tables"]
        self.cue_of = book["cue_of"]
        self.signal_of = {at: (name, frozenset(unless)) for at, (name, unless) in book["signal_of"].items()}
        self._rule_of = book["rule_of"]
        self._expressions: dict[str, list[tuple[Any, bool]]] = {}

    def said(self, rule: Rule, sentences: Sequence[Sentence]) -> list[int]:
        """The blocks in which a ``required`` rule's own words (``says``) stand."""
        wanted = {
            at for at, (number, part) in self._rule_of.items() if part == 3 and self._rules[number] is rule
        }
        return [one.index for one in sentences if any(one.matches(at) for at in one.called if at in wanted)]

    def behind(self, rule: Rule, sentences: Sequence[Sentence], number: int) -> bool:
        """Whether sentence ``number`` answers one of the rule's ``behind`` (all do, where it has none).

        What it answers is the sentence before it in its block, or in the block before, its heading or its lead-in.
        """
        if "behind" not in rule.match:
            return True
        if not number:
            return False
        asked, block = sentences[number - 1], sentences[number].block
        if asked.index not in (
            sentences[number].index,
            sentences[number].index - 1,
            block.heading,
            block.lead_in,
        ):
            return False
        wanted = {
            at for at, (owner, part) in self._rule_of.items() if part == 4 and self._rules[owner] is rule
        }
        return any(asked.matches(at) for at in asked.called if at in wanted)

    def stated(self, rule: Rule, sentences: Sequence[Sentence]) -> tuple[Stated, Stated]:
        """Where the elements of a ``notice`` rule stand, by element, and where their contrary does."""
        names = [(name, False) for name in rule.match["elements"]]
        names += [(name, True) for name in rule.match.get("altered", ())]
        wanted = {
            at: names[part - len(_PARTS)]
            for at, (number, part) in self._rule_of.items()
            if part >= len(_PARTS) and self._rules[number] is rule
        }
        elements: Stated = {}
        contrary: Stated = {}
        for one in sentences:
            for at in one.called:
                if at in wanted:
                    name, altered = wanted[at]
                    for start, end in one.matches(at):
                        (contrary if altered else elements).setdefault(name, []).append((one, start, end))
        return elements, contrary

    def expressions(self, rule: Rule) -> list[tuple[Any, bool]]:
        """A rule's own regular expressions, compiled, each with whether capitals count."""
        found = self._expressions.get(rule.id)
        if found is None:
            import regex

            exact = bool(rule.match.get("case"))
            flags = 0 if exact else regex.IGNORECASE
            found = [(regex.compile(source, flags), exact) for source in rule.match.get("regex", ())]
            self._expressions[rule.id] = found
        return found

    def express(self, rule: Rule, text: str) -> Spans:
        """Where the rule's regular expressions match in one block's normalised text.

        Raises RuleError where one takes longer than the time limit: a rule can slow the tool, but never hang it.
        """
        spans: Spans = []
        for expression, _ in self.expressions(rule):
            try:
                spans += [
                    m.span() for m in expression.finditer(text, timeout=_TIME_LIMIT) if m.end() > m.start()
                ]
            except TimeoutError:
                raise RuleError(
                    f"the expression {expression.pattern!r} of rule {rule.id} took more than {_TIME_LIMIT} s on one block: "
                    "make it simpler, or write it as a phrase",
                    rule.origin,
                ) from None
        return spans

    def candidates(self, sentence: Sentence) -> Iterator[tuple[Rule, tuple[Spans, Spans, Spans]]]:
        """Rules whose phrases stand in the sentence, by id, with spans of phrases, ``even_if`` and ``exclude``."""
        found: dict[int, tuple[Spans, Spans, Spans]] = {}
        excluding: list[tuple[int, int]] = []
        owners = self._rule_of
        for index in sentence.called:
            owner = owners.get(index)
            if owner is None:
                continue
            number, part = owner
            if part >= 3:
                continue
            if part == 2:
                excluding.append((number, index))
                continue
            spans = sentence.matches(index)
            if spans:
                found.setdefault(number, ([], [], []))[part].extend(spans)
        for number, index in excluding:
            if number in found:
                found[number][2].extend(sentence.matches(index))
        for number in sorted(found):
            yield self._rules[number], found[number]


def _build(ruleset: Ruleset, rules: Sequence[Rule]) -> _Book:
    phrases: list[str] = []
    book: _Book = {"tables": build([], []), "cue_of": {}, "signal_of": {}, "rule_of": {}}
    for kind, _, name, scope, reach, unless, sources in ruleset.cues:
        for source in sources:
            if kind == "cue":
                book["cue_of"][len(phrases)] = (name, scope, reach)
            elif kind == "signal":
                book["signal_of"][len(phrases)] = (name, tuple(unless))
            else:
                continue
            phrases.append(source)
    for number, rule in enumerate(rules):
        told = [*rule.match.get("elements", {}).values(), *rule.match.get("altered", {}).values()]
        for part, sources in enumerate(told, len(_PARTS)):
            for source in sources:
                book["rule_of"][len(phrases)] = (number, part)
                phrases.append(source)
        if rule.kind not in ("phrase", "required", "gate"):
            continue
        for part, key in enumerate(_PARTS):
            for source in rule.even_if if key == "even_if" else rule.match.get(key, ()):
                book["rule_of"][len(phrases)] = (number, part)
                phrases.append(source)
    book["tables"] = build(ruleset.terms, phrases)
    return book
