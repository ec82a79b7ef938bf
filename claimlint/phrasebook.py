"""Every phrase that rules, cues and signals hang on, compiled once and numbered.

The one pass over the text reports phrases by number; this says whose each is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimlint.language.text import Sentence
from claimlint.model import Rule
from claimlint.rules.phrases import Compiled, compile_phrase
from claimlint.rules.ruleset import Ruleset

Spans = list[tuple[int, int]]
_PARTS = ("phrases", "even_if", "exclude")


class Phrasebook:
    """``phrases`` in order; ``cue_of`` and ``signal_of`` say which are cues and signals, the rest are rules'."""

    def __init__(self, ruleset: Ruleset, rules: Sequence[Rule]) -> None:
        self.phrases: list[Compiled] = []
        self.cue_of: dict[int, tuple[str, str, int]] = {}
        self.signal_of: dict[int, tuple[str, frozenset[str]]] = {}
        self._rule_of: dict[int, tuple[int, int]] = {}
        self._rules = rules
        self._known: dict[str, Compiled] = {}
        for kind, _, name, scope, reach, unless, phrases in ruleset.cues:
            for source in phrases:
                at = self._add(source)
                if kind == "cue":
                    self.cue_of[at] = (name, scope, reach)
                else:
                    self.signal_of[at] = (name, frozenset(unless))
        for number, rule in enumerate(rules):
            if rule.kind != "phrase":
                continue
            for part, key in enumerate(_PARTS):
                for source in rule.even_if if key == "even_if" else rule.match.get(key, ()):
                    self._rule_of[self._add(source)] = (number, part)

    def _add(self, source: str) -> int:
        compiled = self._known.get(source)
        if compiled is None:
            compiled = self._known[source] = compile_phrase(source)
        self.phrases.append(compiled)
        return len(self.phrases) - 1

    def candidates(self, sentence: Sentence) -> Iterator[tuple[Rule, tuple[Spans, Spans, Spans]]]:
        """Rules whose phrases stand in the sentence, with spans of phrases, ``even_if`` and ``exclude``, by rule id."""
        found: dict[int, tuple[Spans, Spans, Spans]] = {}
        called = {index for _, _, index in sentence.plain} | sentence.calls
        for index in called:
            owner = self._rule_of.get(index)
            if owner is None:
                continue
            spans = sentence.matches(index)
            if spans:
                found.setdefault(owner[0], ([], [], []))[owner[1]].extend(spans)
        for number in sorted(found):
            yield self._rules[number], found[number]
