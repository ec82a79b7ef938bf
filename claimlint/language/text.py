"""A document's copy, sentence by sentence, with everything that one pass over it found.

Matchers, claims and signals all work on these sentences; contexts and tagged text are worked out only when
something asks for them, because most sentences of most pages are never asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter

from claimlint.language.clauses import Clauses
from claimlint.language.cues import Cue, cast, clause_bounds, quoted
from claimlint.language.expressions import thawed
from claimlint.language.lexicon import Hit, TermFinder
from claimlint.language.normalise import Normalised, normalise
from claimlint.language.scan import pad
from claimlint.language.sentences import sentences
from claimlint.language.spelt import respelt
from claimlint.language.tables import Tables
from claimlint.model import Block, Document, Place, Reason, Scope
from claimlint.rules.ruleset import Term

_WITHIN = frozenset({"negated", "hedged", "conditional", "quoted", "advice", "aim"})
_DOUBTS = frozenset({"reported", "warning"})
"""Contexts that hold over a stretch which they stand in ("a supposed cure")."""
_NOT_OFFERED = frozenset({"drug", "generic", "surgery", "diet", "diagnostic"})
_WE = re.compile(r"\b(?:we|our|us)\b")


_SHORT = 200
"""Characters of a block that is remembered: the menus, buttons and notices that the pages of a site repeat."""
_Part = tuple[
    int, int, list[Hit], dict[int, list[tuple[int, int]]], dict[int, tuple[int, ...]], list[int], bool
]
"""The rest of a `Sentence` from its start on, and whether the pass hit anything in it."""


class Sentence:
    """One sentence of one block. Hits and phrases count in the block's normalised text.

    ``said`` are phrases found, with where; ``calls`` gives the parts of each phrase that may stand here and that `matches`
    has not looked for yet. ``called`` are all of both by number, in order; ``touched`` says that the pass
    over the text hit something, be it a word that called for a phrase in vain.
    """

    __slots__ = (
        "_bounds", "_calls", "_cues", "_folded", "_offers", "_said", "_tagged", "block", "called", "end",
        "hits", "index", "norm", "reader", "start", "touched",
    )  # fmt: skip

    def __init__(
        self,
        index: int,
        block: Block,
        norm: Normalised,
        start: int,
        end: int,
        hits: list[Hit],
        said: dict[int, list[tuple[int, int]]],
        calls: dict[int, tuple[int, ...]],
        called: list[int],
        touched: bool,
        reader: Reader,
    ) -> None:
        self.index, self.block, self.norm = index, block, norm
        self.start, self.end = start, end
        self.hits, self._said, self._calls, self.called = hits, said, calls, called
        self.touched, self.reader = touched, reader
        self._cues: list[Cue] | None = None
        self._tagged: str | None = None
        self._bounds: list[int] | None = None
        self._folded: str | None = None
        self._offers: bool | None = None

    @property
    def text(self) -> str:
        """The sentence in plain text, case kept."""
        return self.norm.text[self.start : self.end]

    @property
    def folded(self) -> str:
        """The sentence in lower case."""
        if self._folded is None:
            self._folded = self.norm.folded[self.start : self.end]
        return self._folded

    def place(self, start: int, end: int) -> Place:
        """The place in block text of [start, end) of the normalised text."""
        low, high = self.norm.to_original(start, end)
        return Place(self.index, low, high)

    @property
    def whole(self) -> Place:
        """The place of the sentence."""
        return self.place(self.start, self.end)

    @property
    def offers(self) -> bool:
        """Whether the sentence names something that sellers offer, or speaks as "we"."""
        if self._offers is None:
            named = any(hit.kind == "intervention" and hit.cls not in _NOT_OFFERED for hit in self.hits)
            self._offers = named or bool(_WE.search(self.folded))
        return self._offers

    @property
    def bounds(self) -> list[int]:
        """Where its clauses begin, in block offsets."""
        if self._bounds is None:
            self._bounds = [self.start + at for at in clause_bounds(self.folded)]
        return self._bounds

    @property
    def tagged(self) -> str:
        """A pad and the sentence in lower case, each term's mark before it and "_" inside it."""
        if self._tagged is None:
            chars = list(" " + self.folded)
            base = self.start - 1
            for hit in self.hits:
                chars[hit.start - base - 1] = hit.mark
                if " " in hit.form:
                    for at in range(hit.start - base, hit.end - base):
                        if not chars[at].isalnum():
                            chars[at] = "_"
            self._tagged = "".join(chars)
        return self._tagged

    def matches(self, phrase: int) -> list[tuple[int, int]]:
        """Where the phrase stands, in block offsets: the marked part where it marks one."""
        parts = self._calls.pop(phrase, None)
        found = self._said.get(phrase)
        if parts is None:
            return found or []
        found = self._said[phrase] = list(found or ())
        for number in parts:
            found += self._express(self.reader.expression(phrase, number))
        return found

    def _express(self, expression: re.Pattern[str]) -> list[tuple[int, int]]:
        out = []
        subject = self.tagged
        for match in expression.finditer(subject):
            start, end = match.span(match.lastindex or 0)  # the marked part, where the phrase marks one
            while start < end and not subject[start].isalnum() and subject[start] not in "%#$£€":
                start += 1
            while end > start and not subject[end - 1].isalnum() and subject[end - 1] not in "%+!":
                end -= 1
            if start < end:
                out.append((start + self.start - 1, end + self.start - 1))
        return out

    @property
    def cues(self) -> list[Cue]:
        """Every cue with its reach, in block offsets."""
        if self._cues is None:
            self._cues = self._cast()
        return self._cues

    def _cast(self) -> list[Cue]:
        found = []
        owners = self.reader.cue_of
        for index in self.called:
            if index not in owners:
                continue
            context, scope, reach = owners[index]
            for start, end in self.matches(index):
                found.append((start - self.start, end - self.start, context, scope, reach))
        found.sort()
        folded = self.folded
        bounds = [at - self.start for at in self.bounds]
        cues = cast(found, folded, bounds)
        if '"' in folded:
            cues += quoted(folded)
        shift = self.start
        out = [Cue(c.context, c.start + shift, c.end + shift, c.low + shift, c.high + shift) for c in cues]
        if folded.endswith("?"):
            out.append(Cue("question", self.end - 1, self.end, self.start, self.end))
        if self.block.scope is Scope.QUOTATION:
            out.append(Cue("quoted", self.start, self.start + 1, self.start, self.end))
        return out

    def contexts(self, start: int, end: int) -> dict[str, Reason]:
        """The contexts that hold over [start, end), each with the words that decided it.

        A negation or hedge inside the stretch itself ("no side effects") casts nothing on it.
        """
        out: dict[str, Reason] = {}
        for cue in self.cues:
            if cue.context in out:
                continue
            inside = start <= cue.start and cue.end <= end
            covers = cue.low <= start < cue.high or (inside and cue.context in _DOUBTS)
            if not covers or (inside and cue.context in _WITHIN):
                continue
            stop = cue.high if cue.context == "quoted" else cue.end  # the words, not their quotation mark
            out[cue.context] = self.reason(cue.context, cue.start, stop)
        return out

    def reason(self, kind: str, start: int, end: int) -> Reason:
        """A reason with its words, from block offsets of the normalised text."""
        return Reason(kind, self.norm.text[start:end], self.place(start, end))


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
        for index, block in enumerate(document.blocks):
            if block.scope is not Scope.CODE:
                out += self._block(index, block, every=every)
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
