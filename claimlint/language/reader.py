"""Reads documents into sentences with the terms of one rule set: the one place where a text is gone over.

What short blocks hold is remembered, because the pages of a site repeat their menus, buttons and notices.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter

from claimlint.language.clauses import Clauses
from claimlint.language.expressions import thawed
from claimlint.language.lexicon import Hit, TermFinder
from claimlint.language.normalise import Normalised, normalise
from claimlint.language.scan import pad
from claimlint.language.sentences import sentences
from claimlint.language.spelt import respelt
from claimlint.language.tables import Tables
from claimlint.language.text import YES, Sentence
from claimlint.model import Block, Document, Scope
from claimlint.rules.ruleset import Term

_SHORT = 200
"""Characters of a block that is remembered: the menus, buttons and notices that the pages of a site repeat."""
_Part = tuple[
    int, int, list[Hit], dict[int, list[tuple[int, int]]], dict[int, tuple[int, ...]], list[int], bool
]
"""The rest of a `Sentence` from its start on, and whether the pass hit anything in it."""


class Reader:
    """Reads documents into sentences with the terms of one rule set."""

    def __init__(
        self, terms: Sequence[Term], tables: Tables, cue_of: Mapping[int, tuple[str, str, int]]
    ) -> None:
        self.finder = TermFinder(tables)
        self.cue_of = cue_of
        self._parts = tables["parts"]
        self._clauses = Clauses(tables)
        self._expressions: dict[tuple[int, int], re.Pattern[str]] = {}
        self._of_late = lru_cache(maxsize=4_096)(self._look)

    def expression(self, phrase: int, part: int) -> re.Pattern[str]:
        """The expression of a phrase's part, made when first asked for."""
        found = self._expressions.get((phrase, part))
        if found is None:
            source, code, _ = self._parts[phrase][part]
            found = self._expressions[phrase, part] = thawed(source, code)
        return found

    def read(self, document: Document, *, every: bool = False) -> list[Sentence]:
        """The sentences that are ``touched``, in order; with ``every``, all of them."""
        out: list[Sentence] = []
        blocks = document.blocks
        for index, block in enumerate(blocks):
            if block.scope is not Scope.CODE:
                out += self._block(index, block, every=every)
                if block.text.endswith("?") and index + 1 < len(blocks) and out and out[-1].index == index:
                    out[-1].answered = YES.match(blocks[index + 1].text[:40].lower()) is not None
        return out

    def whole(self, index: int, block: Block) -> list[Sentence]:
        """Every sentence of a block, also those in which nothing was hit."""
        return self._block(index, block, every=True)

    def plain(self, block: Block) -> Normalised:
        """The block's text made plain, words that are spelt oddly among it."""
        return respelt(normalise(block.text), self.finder.knows)

    def _block(self, index: int, block: Block, *, every: bool = False) -> list[Sentence]:
        text = block.text
        if len(text) <= _SHORT:
            norm, parts = self._of_late(text)
            return [
                Sentence(index, block, norm, start, end, hits, dict(said), dict(live), called, touched, self)
                for start, end, hits, said, live, called, touched in parts
                if touched or every
            ]
        norm, parts = self._look(text)
        return [
            Sentence(index, block, norm, start, end, hits, said, live, called, touched, self)
            for start, end, hits, said, live, called, touched in parts
            if touched or every
        ]

    def _look(self, text: str) -> tuple[Normalised, list[_Part]]:
        """The text made plain, and what one pass finds in each of its sentences."""
        norm = respelt(normalise(text), self.finder.knows)
        padded = pad(norm.folded)
        hits, plain, calls = self.finder.find(norm.text, padded)
        out: list[_Part] = []
        h = p = c = 0
        last_hit, last_plain, last_call = len(hits), len(plain), len(calls)
        plain.sort()
        calls.sort(key=itemgetter(0))
        for start, end in sentences(norm.text):
            mine: list[Hit] = []
            while h < last_hit and hits[h][0] < end:
                if hits[h][1] <= end:
                    mine.append(hits[h])
                h += 1
            said: dict[int, list[tuple[int, int]]] = {}
            while p < last_plain and plain[p][0] < end:
                low, high, phrase = plain[p]
                if high <= end:
                    said.setdefault(phrase, []).append((low, high))
                p += 1
            asked: set[int] = set()
            last: tuple[int, ...] = ()
            while c < last_call and calls[c][0] < end:
                if calls[c][1] is not last:  # a word said a hundred times in a row asks once
                    last = calls[c][1]
                    asked.update(last)
                c += 1
            live = self._clauses.live(asked, padded[start + 1 : end + 1], mine) if asked else {}
            called = sorted({*said, *live})
            out.append((start, end, mine, said, live, called, bool(mine or said or asked)))
        return norm, out
