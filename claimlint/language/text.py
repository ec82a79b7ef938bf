"""A document's copy, sentence by sentence, with everything that one pass over it found.

Matchers, claims and signals all work on these sentences; contexts and tagged text are worked out only when
something asks for them, because most sentences of most pages are never asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimlint.language.cues import Cue, cast, clause_bounds, quoted
from claimlint.language.lexicon import Hit
from claimlint.language.normalise import Normalised
from claimlint.model import Block, Place, Reason, Scope

if TYPE_CHECKING:
    from claimlint.language.reader import Reader

_WITHIN = frozenset({"negated", "hedged", "conditional", "quoted", "advice", "aim"})
_DOUBTS = frozenset({"reported", "warning"})
"""Contexts that hold over a stretch which they stand in ("a supposed cure")."""
_NOT_OFFERED = frozenset({"drug", "generic", "surgery", "diet", "diagnostic"})
YES = re.compile(
    r"\s*(?:[-\u2014\u2013:>*]\s*)?(?:(?:yes|absolutely|certainly|definitely|of course)\b|(?:it|they|you) can\s*(?=[.!]))"
    r"(?!\W*(?:not?|never|and no|but|if|in (?:theory|some|mice|rare|animals)|sometimes|perhaps|possibly)\b)"
)
"""An answer that makes a claim of a question; one that denies it, or takes half of it back, makes none."""
_WE = re.compile(r"\b(?:we|our|us)\b")


class Sentence:
    """One sentence of one block. Hits and phrases count in the block's normalised text.

    ``said`` are phrases found, with where; ``calls`` gives the parts of each phrase that may stand here and that `matches`
    has not looked for yet. ``called`` are all of both by number, in order; ``touched`` says that the pass
    over the text hit something, be it a word that called for a phrase in vain. ``answered`` says that
    the next block answers this question with a yes.
    """

    __slots__ = (
        "_bounds",
        "_calls",
        "_cues",
        "_folded",
        "_offers",
        "_said",
        "_tagged",
        "answered",
        "block",
        "called",
        "end",
        "hits",
        "index",
        "norm",
        "reader",
        "start",
        "touched",
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
        self.answered = False
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
        if folded.endswith("?") and not (self.answered or YES.match(self.norm.folded, self.end)):
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
