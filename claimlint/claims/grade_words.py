"""Reads a sentence into units: words and fixed wordings with what each may be to a statement of a relation.

The word lists are data (`rulesets/_lexicon/strength.yaml`); this inflects the verbs among them and finds the longest
wording at each word, so that the grader works on classes and never on words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from claimlint.rules import morphology
from claimlint.rules.phrases import fold
from claimlint.rules.ruleset import AMBIGUOUS, BASE, CAPS, GERUND, PAST, PREFIX, THIRD, WEAK, Cue, Term

KIND = "strength"
EFFECT = "therapy-verb"
"""The class that the verbs of the effect lexicon get here: they state something with an object beside them."""
_VERB_FORMS = ((BASE, "base"), (THIRD, "third"), (PAST, "past"), (GERUND, "ing"))
_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|([^\s()\[\]]+)")
_VERB_CLASS = "-verb"
_MOST_CHARS = 4000
"""A sentence is read this far: whatever is longer is no sentence."""

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or fixed wording at [start, end); ``tags`` are its classes, verbs with their form (``cause-verb:past``).

    ``before`` is what stands between it and the unit before: spaces, marks.
    """

    start: int
    end: int
    text: str
    tags: frozenset[str]
    before: str


class Words:
    """The wordings of one rule set's strength lexicon, ready to be found."""

    def __init__(self, cues: Iterable[Cue], terms: Iterable[Term] = ()) -> None:
        found: dict[tuple[str, ...], set[str]] = {}
        for form, _, kind, _, _, flags in terms:
            if kind == "effect" and not flags & (WEAK | AMBIGUOUS | PREFIX | CAPS):
                for flag, name in _VERB_FORMS:
                    if flags & flag:
                        found.setdefault(tuple(form.split()), set()).add(f"{EFFECT}:{name}")
        for kind, _, name, _, _, _, phrases in cues:
            if kind != KIND:
                continue
            for phrase in phrases:
                for wording in _wordings(phrase):
                    for form, tag in _forms(wording, name):
                        found.setdefault(tuple(form.split()), set()).add(tag)
        self._tags = {words: frozenset(tags) for words, tags in found.items() if words}
        lengths: dict[str, set[int]] = {}
        for words in self._tags:
            lengths.setdefault(words[0], set()).add(len(words))
        self._lengths = {first: sorted(some, reverse=True) for first, some in lengths.items()}

    def read(self, text: str) -> list[Unit]:
        """The sentence's units in order, with offsets into ``text``."""
        tokens = [(m.start(), m.end(), m[0].lower()) for m in _WORD.finditer(text[:_MOST_CHARS])]
        words = [word for _, _, word in tokens]
        units: list[Unit] = []
        at = last = 0
        while at < len(tokens):
            length, tags = self._longest(words, at)
            start, end = tokens[at][0], tokens[at + length - 1][1]
            before = text[last:start]
            if before == "-" and length == 1:  # "obesity-related": a modifier, no statement
                tags = _NONE
            units.append(Unit(start, end, " ".join(words[at : at + length]), tags, before))
            at += length
            last = end
        return units

    def _longest(self, words: list[str], at: int) -> tuple[int, frozenset[str]]:
        for length in self._lengths.get(words[at], ()):
            tags = self._tags.get(tuple(words[at : at + length]))
            if tags is not None and at + length <= len(words):
                return length, tags
        return 1, _NONE


def _wordings(phrase: str) -> Iterator[str]:
    """Every wording of a phrase of words, (alternatives) and [optional parts]; nothing else is used here."""
    choices = [
        [*(must or may or word).split("|"), *([""] if may else [])]
        for must, may, word in _PIECE.findall(phrase)
    ]
    for chosen in product(*choices):
        yield fold(" ".join(chosen))


def _forms(wording: str, name: str) -> Iterator[tuple[str, str]]:
    if not name.endswith(_VERB_CLASS):
        yield wording, name
        return
    for base in morphology.spellings(wording):
        yield base, f"{name}:base"
        yield morphology.third_person(base), f"{name}:third"
        for form in morphology.gerund(base):
            yield form, f"{name}:ing"
        for form in morphology.past(base):
            yield form, f"{name}:past"
