"""One pass over a text that finds every lexicon term and every anchor of a phrase.

Everything later works on what this pass hit; nothing else ever looks at text where it hit nothing.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from claimlint.language.scan import Scanner
from claimlint.language.tables import Tables, keys_of
from claimlint.rules.ruleset import CAPS, PREFIX, Term

TARGET_KINDS = frozenset({"condition", "symptom", "body", "cosmetic", "wellbeing"})
_WORD_END = re.compile(r"[^\W_]*")
_SPECIAL = CAPS | PREFIX
_hit = tuple.__new__  # the constructor of a named tuple costs four times as much

_Entry = tuple[tuple[tuple[str, str, str, str, str, str, int], ...], tuple[int, ...], tuple[int, ...]]
"""(terms, each as the rest of a Hit; plain phrases, phrases whose expression is called)."""


class Hit(NamedTuple):
    """A lexicon term at [start, end) of a block's normalised text.

    ``mark`` stands before it in tagged text; the rest is the term's own (`rules.ruleset.Term`): ``kind`` is condition,
    symptom, body, cosmetic, wellbeing, intervention or effect, ``cls`` the kind's own classification, ``direction`` what an
    effect does to its object (down, up, end or none).
    """

    start: int
    end: int
    mark: str
    form: str
    concept: str
    kind: str
    cls: str
    direction: str
    flags: int


class TermFinder:
    """Finds terms and phrases with the tables of one rule set."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        keys = keys_of(tables)
        self._ends = memoryview(tables["ends"]).cast("I")
        self._terms = memoryview(tables["terms"]).cast("I")
        self._entries: list[_Entry | None] = [None] * len(self._ends)
        self._scanner = Scanner(keys)
        self._words: frozenset[str] | None = None
        self._tagged = {mark: tuple(called) for mark, called in tables["tagged"].items()}

    def knows(self, word: str) -> bool:
        """Whether the folded word stands in a term, a phrase or what a phrase needs, alone or among others."""
        if self._words is None:
            tables = self._tables
            whole = [key for _, keys in tables["words"].values() for key in keys.split("\n")]
            needed = [name for name in tables["clauses"] if name[0] != "<"]
            self._words = frozenset(one for key in (*whole, *needed) for one in key.split())
        return word in self._words or f"{word}*" in self._words

    def find(
        self, text: str, padded: str
    ) -> tuple[list[Hit], list[tuple[int, int, int]], list[tuple[int, tuple[int, ...]]]]:
        """Hits, plain phrases (start, end, phrase) and calls for expressions (start, phrases).

        ``text`` is a block's `Normalised` text and ``padded`` the `pad` of its folded form. Of overlapping hits of the same
        layer (terms for slots; effects) the longest stays; hits come in order of place.
        """
        raw = self._scanner.scan(padded)
        if not raw:
            return [], [], []
        found: list[Hit] = []
        plain: list[tuple[int, int, int]] = []
        calls: list[tuple[int, tuple[int, ...]]] = []
        entries = self._entries
        for index, at, end in raw:
            terms, plain_ids, called_ids = entries[index] or self._entry(index, padded[at + 1 : end + 1])
            for term in terms:
                stop = end
                if term[6] & _SPECIAL:
                    if term[6] & PREFIX:
                        stop = _WORD_END.match(text, end).end()  # type: ignore[union-attr]
                    if term[6] & CAPS and not _capitals(text[at:end]):
                        continue
                if term[3] == "effect" and text[end : end + 1] == "-" and text[at : end + 2].isupper():
                    continue  # the name of a trial: BEAT-MS
                found.append(_hit(Hit, (at, stop, *term)))
            if plain_ids:
                plain += [(at, end, phrase) for phrase in plain_ids]
            if called_ids:
                calls.append((at, called_ids))
        hits = longest(found)
        if self._tagged:
            tagged = self._tagged
            calls += [(hit[0], tagged[hit[2]]) for hit in hits if hit[2] in tagged]
        return hits, plain, calls

    def _entry(self, index: int, form: str) -> _Entry:
        """What a key stands for, unpacked when it is first found."""
        senses, packed = self._tables["senses"], self._terms
        terms: list[tuple[str, str, str, str, str, str, int]] = []
        for at in range(self._ends[index - 1] if index else 0, self._ends[index]):
            sense, flags, mark = packed[3 * at : 3 * at + 3]
            terms.append((chr(mark), form, *senses[sense], flags))
        entry = (tuple(terms), *self._tables["phrases"].get(index, ((), ())))
        self._entries[index] = entry
        return entry


def _capitals(text: str) -> bool:
    return text.isupper() or (len(text) > 2 and text.endswith("s") and text[:-1].isupper())


def _by_place(hit: Hit) -> tuple[int, int]:
    return hit[0], -hit[1]


def longest(found: list[Hit]) -> list[Hit]:
    """Of overlapping hits of one layer the longest, the first of equals; sorted by place."""
    if len(found) < 2:
        return found
    found.sort(key=_by_place)
    out: list[Hit] = []
    content_end = effect_end = content_start = -1
    for hit in found:
        if hit.kind == "effect":
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
