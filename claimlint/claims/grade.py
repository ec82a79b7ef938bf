"""Grades how strong a relation a sentence states: none, correlational, hedged, causal or absolute.

It works by clause on classes of words: which verb, noun or adjective carries the main statement, what governs it, and
whether the clause asserts, advises or asks. No intervention or condition need be known.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from claimlint.claims.grade_clause import Found, statements
from claimlint.claims.grade_role import Clause
from claimlint.claims.grade_words import Unit, Words
from claimlint.model import Strength
from claimlint.rules.ruleset import Ruleset

_BREAKS = frozenset(";:—.?!")
_LEAST = 1.0
"""A statement that weighs less is a mention, not an assertion."""
_DISCOUNT = {"main": 0.0, "part": 0.4, "rel": 0.6, "sub": 0.8, "matrix": 1.5}
"""How much less a statement weighs in a clause that doesn't carry the sentence."""
_SPLITS = frozenset({"may", "would", "can", "will", "should", "be", "have", "do"})


@dataclass(frozen=True, slots=True)
class Grade:
    """How strong a relation a sentence states, and the words that decided.

    ``modal`` is the modal verb that governs the statement ("can" is causal: weaker than a bare verb, stronger than
    "may"). ``reasons`` are (kind, text, start, end), offsets into the text that was graded.
    """

    strength: Strength
    modal: str | None = None
    negated: bool = False
    attributed: bool = False
    reasons: tuple[tuple[str, str, int, int], ...] = ()


class Grader:
    """Grades sentences with the word lists of one rule set, which it reads when first asked."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._ruleset = ruleset

    @cached_property
    def _words(self) -> Words:
        return Words(self._ruleset.cues, self._ruleset.terms)

    def grade(self, text: str) -> Grade | None:
        """The grade of one sentence; None where it holds no word that could state a relation."""
        units = self._words.read(text)
        if not any(unit.tags for unit in units):
            return None
        end = len(text.rstrip())
        if text[:end].endswith("?"):
            return Grade(Strength.NONE, reasons=(("question", "?", end - 1, end),))
        record = next((unit for unit in units if "meta" in unit.tags), None)
        if record is not None:
            return Grade(Strength.NONE, reasons=(_reason("record", record, text),))
        found = [
            (item.weight - _DISCOUNT[clause.kind], item)
            for clause in clauses(units)
            for item in statements(clause)
        ]
        if not found:
            return None
        weight, best = max(found, key=lambda pair: pair[0])
        if weight < _LEAST:
            return Grade(
                Strength.NONE, reasons=tuple(_reason("mentioned", unit, text) for unit in best.units)
            )
        return _graded(best, units, text)


def _graded(best: Found, units: list[Unit], text: str) -> Grade:
    strength = best.strength
    reasons = [_reason(best.kind, unit, text) for unit in best.units]
    speaker = next((unit for unit in units if "speaker" in unit.tags), None)
    if speaker is not None:
        reasons.append(_reason("attribution", speaker, text))
    if strength is Strength.CAUSAL and not best.negated:
        certain = _certainty(best, units)
        if certain is not None:
            strength = Strength.ABSOLUTE
            reasons.append(_reason("certainty", certain, text))
    return Grade(strength, best.modal, best.negated, speaker is not None, tuple(reasons))


def _certainty(best: Found, units: list[Unit]) -> Unit | None:
    """The word that promises too much: a cure as the statement itself, or "always" and its like, not denied."""
    for unit in best.units:
        if any(tag.startswith("certain-verb") for tag in unit.tags):
            return unit
    for at, unit in enumerate(units):
        if "certain" in unit.tags and not (at and "neg" in units[at - 1].tags):
            return unit
    return None


def _reason(kind: str, unit: Unit, text: str) -> tuple[str, str, int, int]:
    return kind, text[unit.start : unit.end], unit.start, unit.end


def clauses(units: list[Unit]) -> list[Clause]:
    """The sentence's clauses in order, each with its kind: main, sub, rel, part or matrix ("we found that ...")."""
    out: list[Clause] = []
    begin, kind, hedge = 0, "main", None

    def close(end: int, following: str) -> None:
        nonlocal begin, kind, hedge
        if end > begin:
            out.append(Clause(kind, tuple(units[begin:end]), hedge))
            hedge = None
        begin, kind = end, following

    for i, unit in enumerate(units):
        tags = unit.tags
        comma = "," in unit.before
        after = units[i + 1].tags if i + 1 < len(units) else frozenset()
        if i and not _BREAKS.isdisjoint(unit.before):
            close(i, "main")
        if "concession" in tags:
            close(i, "sub")
        elif unit.text == "to" and i == 0:
            kind = "sub"
        elif (
            "contrast" in tags
            and i > begin
            and not (comma and i + 1 < len(units) and "," in units[i + 1].before)
        ):
            close(i, "main")
        elif comma and "relative" in tags:
            close(i, "rel")
        elif comma and any(tag.endswith(":ing") for tag in tags):
            close(i, "part")
        elif comma and kind in ("sub", "rel") and i > begin:
            close(i, "main")
        elif unit.text == "that" and i > begin and _introduces(units[i - 1]):
            kind = "matrix"
            close(i, "main")
        elif "seem" in tags and unit.text.endswith(" that"):
            kind = "matrix"
            close(i + 1, "main")
            hedge = unit
        elif (comma and "subject" in tags) or ("conj" in tags and after & _SPLITS):
            close(i, "main")
    close(len(units), "main")
    return out


def _introduces(unit: Unit) -> bool:
    return any(tag.startswith("report-verb") for tag in unit.tags)
