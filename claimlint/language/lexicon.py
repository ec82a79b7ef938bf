"""One pass over a text that finds every lexicon term and every anchor of a phrase.

Everything later works on what this pass hit; nothing else ever looks at text where it hit nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claimlint.language.scan import Scanner
from claimlint.language.tables import Tables
from claimlint.rules.ruleset import CAPS, PREFIX, Term

TARGET_KINDS = frozenset({"condition", "symptom", "body", "cosmetic", "wellbeing"})
_WORD_END = re.compile(r"[^\W_]*")


@dataclass(frozen=True, slots=True)
class Hit:
    """A lexicon term at [start, end) of a block's normalised text."""

    start: int
    end: int
    term: Term
    mark: str

    @property
    def concept(self) -> str:
        """The concept's id."""
        return self.term[1]

    @property
    def kind(self) -> str:
        """condition, symptom, body, cosmetic, wellbeing, intervention or effect."""
        return self.term[2]

    @property
    def cls(self) -> str:
        """The kind's own classification."""
        return self.term[3]

    @property
    def direction(self) -> str:
        """What an effect does to its object: down, up, end or none."""
        return self.term[4]

    @property
    def flags(self) -> int:
        """Bits of `rules.ruleset`."""
        return self.term[5]


class TermFinder:
    """Finds terms and phrases with the tables of one rule set."""

    def __init__(self, terms: Sequence[Term], tables: Tables) -> None:
        self._terms = terms
        self._tables = tables
        self._scanner = Scanner(tables["keys"])
        self._tagged = tables["tagged"]

    def find(
        self, text: str, folded: str
    ) -> tuple[list[Hit], list[tuple[int, int, int]], list[tuple[int, int]]]:
        """Hits, plain phrases (start, end, phrase) and calls for expressions (start, phrase).

        ``text`` and ``folded`` are a block's `Normalised` forms. Of overlapping hits of the same layer (terms for
        slots; effects) the longest stays; hits come in order of place.
        """
        raw = self._scanner.scan(folded)
        if not raw:
            return [], [], []
        found: list[Hit] = []
        plain: list[tuple[int, int, int]] = []
        calls: list[tuple[int, int]] = []
        entries, terms, marks = self._tables["entries"], self._terms, self._tables["marks"]
        for index, at, end in raw:
            term_ids, plain_ids, called_ids = entries[index]
            for term_id in term_ids:
                term = terms[term_id]
                flags = term[5]
                stop = _WORD_END.match(folded, end).end() if flags & PREFIX else end  # type: ignore[union-attr]
                if flags & CAPS and not _capitals(text[at:end]):
                    continue
                found.append(Hit(at, stop, term, marks[term_id]))
            if plain_ids:
                plain.extend((at, end, phrase) for phrase in plain_ids)
            if called_ids:
                calls.extend((at, phrase) for phrase in called_ids)
        hits = longest(found)
        if self._tagged:
            for hit in hits:
                calls.extend((hit.start, phrase) for phrase in self._tagged.get(hit.mark, ()))
        return hits, plain, calls

    def expression(self, pattern: str) -> re.Pattern[str]:
        """A phrase's pattern with the marks of the classes that it names, compiled."""
        classes = self._tables["classes"]
        return re.compile(re.sub("\x00([a-z:-]+)\x00", lambda match: classes.get(match[1], "(?!)"), pattern))


def _capitals(text: str) -> bool:
    return text.isupper() or (len(text) > 2 and text.endswith("s") and text[:-1].isupper())


def longest(found: list[Hit]) -> list[Hit]:
    """Of overlapping hits of one layer the longest, the first of equals; sorted by place."""
    if len(found) < 2:
        return found
    found.sort(key=lambda hit: (hit.start, -hit.end))
    out: list[Hit] = []
    content_end = effect_end = content_start = -1
    for hit in found:
        if hit.term[2] == "effect":
            if hit.end <= content_end and not (hit.start == content_start and hit.end == content_end):
                continue  # part of a longer term ("tissue repair")
            if hit.start >= effect_end:
                out.append(hit)
                effect_end = hit.end
        elif hit.start >= content_end or (hit.start == content_start and hit.end == content_end):
            out.append(hit)
            content_start, content_end = hit.start, hit.end
    return out


def tags_of(term: Term) -> Iterable[str]:
    """What a phrase may call the term: its kind, ``kind:class``, ``target``, ``drug``."""
    yield term[2]
    if term[3]:
        yield f"{term[2]}:{term[3]}"
    if term[2] in TARGET_KINDS:
        yield "target"
    if term[2] == "intervention" and term[3] == "drug":
        yield "drug"
