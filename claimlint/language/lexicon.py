"""One pass over a text that finds every lexicon term and every anchor of a phrase.

Everything later works on what this pass hit; nothing else ever looks at text where it hit nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ahocorasick_rs

from claimlint.rules.phrases import Compiled
from claimlint.rules.ruleset import CAPS, PREFIX, Term

TARGET_KINDS = frozenset({"condition", "symptom", "body", "cosmetic", "wellbeing"})
_SPACES = bytes(c if chr(c).isalnum() or c > 0x7F else 0x20 for c in range(256))
_NOT_WORD = re.compile(r"[^\w]|_")
_LAST_MARK = 0xF8FF


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
    """Terms and phrase anchors in one automaton. Building is linear in their number."""

    def __init__(self, terms: Sequence[Term], phrases: Sequence[Compiled]) -> None:
        self.phrases = phrases
        entries: dict[str, list[int]] = {}
        for index, term in enumerate(terms):
            key = f" {term[0]}" if term[5] & PREFIX else f" {term[0]} "
            entries.setdefault(key, []).append(index)
        self._terms = terms
        self._marks, self.classes = _marks(terms, entries)
        plain: dict[str, list[int]] = {}
        anchored: dict[str, list[int]] = {}
        self._tag_anchored: dict[str, list[int]] = {}
        for index, phrase in enumerate(phrases):
            for anchor in phrase.anchors:
                if anchor.startswith("<"):
                    self._tag_anchored.setdefault(anchor[1:-1], []).append(index)
                else:
                    key = f" {anchor[:-1]}" if anchor.endswith("*") else f" {anchor} "
                    (plain if phrase.plain else anchored).setdefault(key, []).append(index)
        keys = list(dict.fromkeys([*entries, *plain, *anchored]))
        self._entries = [
            (tuple(entries.get(k, ())), tuple(plain.get(k, ())), tuple(anchored.get(k, ())), k[-1] != " ")
            for k in keys
        ]
        self._automaton = ahocorasick_rs.AhoCorasick(
            keys or ["\x00"], implementation=ahocorasick_rs.Implementation.ContiguousNFA
        )

    def find(
        self, text: str, folded: str
    ) -> tuple[list[Hit], list[tuple[int, int, int]], list[tuple[int, int]]]:
        """Hits, plain phrases (start, end, phrase) and calls for expressions (start, phrase), by place.

        ``text`` and ``folded`` are a block's `Normalised` forms. Of overlapping hits of the same layer (terms for
        slots; effects) the longest stays.
        """
        padded = _pad(folded)
        raw = self._automaton.find_matches_as_indexes(padded, overlapping=True)
        if not raw:
            return [], [], []
        found: list[Hit] = []
        plain: list[tuple[int, int, int]] = []
        calls: list[tuple[int, int]] = []
        entries, terms, marks = self._entries, self._terms, self._marks
        for index, at, stop in raw:
            term_ids, plain_ids, anchored_ids, prefix = entries[index]
            end = stop - 1 if prefix else stop - 2
            for term_id in term_ids:
                term = terms[term_id]
                if prefix:
                    end = _word_end(padded, end + 1) - 1
                if term[5] & CAPS and not _capitals(text[at:end]):
                    continue
                found.append(Hit(at, end, term, marks[term_id]))
            if plain_ids:
                plain.extend((at, end, phrase) for phrase in plain_ids)
            if anchored_ids:
                calls.extend((at, phrase) for phrase in anchored_ids)
        hits = _longest(found)
        if self._tag_anchored:
            for hit in hits:
                for tag in (hit.term[2], f"{hit.term[2]}:{hit.term[3]}"):
                    calls.extend((hit.start, phrase) for phrase in self._tag_anchored.get(tag, ()))
        return hits, plain, calls

    def expression(self, phrase: int) -> re.Pattern[str]:
        """The compiled expression of a phrase, over text tagged by `tag`."""
        source = re.sub(
            "\x00([a-z:-]+)\x00", lambda m: self.classes.get(m[1], "(?!)"), self.phrases[phrase].pattern
        )
        return re.compile(source)


def _pad(folded: str) -> str:
    if folded.isascii():
        return " " + folded.encode().translate(_SPACES).decode() + " "
    return " " + _NOT_WORD.sub(" ", folded) + " "


def _word_end(padded: str, at: int) -> int:
    stop = padded.find(" ", at)
    return stop if stop >= 0 else len(padded)


def _capitals(text: str) -> bool:
    return text.isupper() or (text.endswith("s") and text[:-1].isupper())


def _longest(found: list[Hit]) -> list[Hit]:
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


def _tags(term: Term) -> Iterable[str]:
    yield term[2]
    if term[3]:
        yield f"{term[2]}:{term[3]}"
    if term[2] in TARGET_KINDS:
        yield "target"
    if term[2] == "intervention" and term[3] == "drug":
        yield "drug"


def _marks(terms: Sequence[Term], entries: dict[str, list[int]]) -> tuple[list[str], dict[str, str]]:
    """The private-use character that stands before each term (one for each combination of tags), and for each
    tag the character class of the marks that carry it.
    """
    codes: dict[frozenset[str], str] = {}
    by_kind: dict[tuple[tuple[str, str], ...], str] = {}
    marks = [""] * len(terms)
    for ids in entries.values():
        key = tuple((terms[i][2], terms[i][3]) for i in ids)
        mark = by_kind.get(key)
        if mark is None:
            tags = frozenset(tag for i in ids for tag in _tags(terms[i]))
            mark = codes.setdefault(tags, chr(0xE000 + len(codes)))
            by_kind[key] = mark
        for i in ids:
            marks[i] = mark
    if codes and ord(max(codes.values())) > _LAST_MARK:
        raise ValueError("too many combinations of lexicon classes")
    members: dict[str, list[str]] = {}
    for tags, mark in codes.items():
        for tag in tags:
            members.setdefault(tag, []).append(mark)
    return marks, {tag: f"[{''.join(sorted(found))}]" for tag, found in members.items()}
