"""Rules out phrases that can't match a sentence, because running their expressions is what costs time.

Nine in ten of the expressions that a sentence's words call for lack another word that they need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from claimlint.language.lexicon import Hit
from claimlint.language.tables import Tables

_FIRST = (0,)
_REMEMBERED = 50_000  # words whose clauses are kept: more than people use, few enough for hostile text


class _Known(dict[str, int]):
    """The clauses that words meet, worked out when a word is first asked for."""

    def __init__(self, of: Callable[[str], int]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, word: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        bits = self[word] = self._of(word)
        return bits


class Clauses:
    """Tells which of the called expressions can match a sentence at all, far more cheaply than by running them.

    Each clause of a phrase (a set of words of which one must stand there) is a bit; a sentence's words together give the
    bits of the clauses that it meets.
    """

    def __init__(self, tables: Tables) -> None:
        self._parts = tables["parts"]
        # What a phrase of one part needs, or -1: most have one part, and this runs for every phrase that a word calls.
        self._needs = [parts[0][2] if len(parts) == 1 else -1 for parts in self._parts]
        self._members = tables["clauses"]
        starts = [name[:-1] for name in self._members if name[-1] == "*"]
        self._head = min(map(len, starts), default=0)
        self._starts: dict[str, list[str]] = {}
        for start in starts:
            self._starts.setdefault(start[: self._head], []).append(start)
        self._by_word = _Known(self._word)
        self._by_mark: dict[str, int] = {}
        for name in self._members:
            if name[0] == "<":
                for mark in tables["classes"].get(name[1:-1], "")[1:-1]:
                    self._by_mark[mark] = self._by_mark.get(mark, 0) | self._bits(name)

    def live(self, called: Iterable[int], padded: str, hits: Iterable[Hit]) -> dict[int, tuple[int, ...]]:
        """Those of the phrases ``called`` that can stand in a sentence, each with the parts that can."""
        met = 0
        for bits in map(self._by_word.__getitem__, padded.split()):
            if bits:
                met |= bits
        for hit in hits:
            met |= self._by_mark.get(hit[2], 0)
        out: dict[int, tuple[int, ...]] = {}
        needs = self._needs
        for phrase in called:
            need = needs[phrase]
            if need < 0:
                parts = self._parts[phrase]
                possible = tuple([number for number, part in enumerate(parts) if met & part[2] == part[2]])
                if possible:
                    out[phrase] = possible
            elif met & need == need:
                out[phrase] = _FIRST
        return out

    def _word(self, word: str) -> int:
        bits = self._bits(word)
        for start in self._starts.get(word[: self._head], ()):
            if word.startswith(start):
                bits |= self._bits(f"{start}*")
        return bits

    def _bits(self, name: str) -> int:
        bits = 0
        for number in self._members.get(name, ()):
            bits |= 1 << number
        return bits
