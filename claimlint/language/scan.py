"""Finds every key of a table in a text in one pass, by whichever of two equal means is cheaper.

An automaton runs several times faster than a dictionary of words but has to be built first; a hook that checks five
small files must not wait for it, and a scan of a thousand pages must not go without it.
"""

from __future__ import annotations

import re
from typing import Any, TypedDict

_SPACES = bytes(c if chr(c).isalnum() or c > 0x7F else 0x20 for c in range(256))
_NOT_WORD = re.compile(r"[^\w]|[_⁰¹²³⁴-⁹]")
BUILD_AFTER = 400_000
"""Characters after which building the automaton has paid (bench/scan.py)."""

Raw = list[tuple[int, int, int]]
"""(entry, start, end): which key stands at [start, end) of the folded text."""


class Keys(TypedDict):
    """Keys are folded; values are entry numbers. ``longest`` gives the most words of a key of several by its first."""

    words: dict[str, int]
    longest: dict[str, int]
    starts: dict[str, int]


def build_keys(words: dict[str, int], starts: dict[str, int]) -> Keys:
    """``words`` are whole words or runs of them, ``starts`` beginnings of single words."""
    longest: dict[str, int] = {}
    for key in words:
        count = key.count(" ") + 1
        if count > 1:
            first = key[: key.index(" ")]
            longest[first] = max(count, longest.get(first, 0))
    return {
        "words": words,
        "longest": longest,
        "starts": starts,
    }


class Scanner:
    """Scans texts for the keys of one table."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._scanned = 0
        self._automaton: Any = None
        self._entries: list[tuple[int, bool]] = []
        self._head = min(map(len, keys["starts"]), default=0)
        self._starts: dict[str, list[tuple[str, int]]] = {}
        for start, entry in keys["starts"].items():
            self._starts.setdefault(start[: self._head], []).append((start, entry))

    def scan(self, folded: str) -> Raw:
        """Every occurrence of every key, overlapping ones too, in no particular order."""
        padded = pad(folded)
        if self._automaton is None:
            self._scanned += len(folded)
            if self._scanned < BUILD_AFTER or not self._build():
                return self._by_words(padded)
        found = self._automaton.find_matches_as_indexes(padded, overlapping=True)
        entries = self._entries
        return [
            (entries[index][0], start, stop - 1 if entries[index][1] else stop - 2)
            for index, start, stop in found
        ]

    def _build(self) -> bool:
        try:
            from ahocorasick_rs import AhoCorasick, Implementation
        except ImportError:  # no wheel for this platform: the dictionary does the same, slower
            self._scanned = -(1 << 62)
            return False
        keys = self._keys
        self._entries = [(entry, False) for entry in keys["words"].values()]
        self._entries += [(entry, True) for entry in keys["starts"].values()]
        patterns = [f" {key} " for key in keys["words"]] + [f" {key}" for key in keys["starts"]]
        self._automaton = AhoCorasick(patterns or ["\\0"], implementation=Implementation.ContiguousNFA)
        return True

    def _by_words(self, padded: str) -> Raw:
        words, longest = self._keys["words"], self._keys["longest"]
        head, starts = self._head, self._starts
        out: Raw = []
        at = 1
        for word in padded[1:].split(" "):
            if not word:
                at += 1
                continue
            end = at + len(word)
            entry = words.get(word)
            if entry is not None:
                out.append((entry, at - 1, end - 1))
            count = longest.get(word)
            if count:
                stop = end
                for _ in range(count - 1):
                    stop = padded.find(" ", stop + 1)
                    if stop < 0:
                        break
                    entry = words.get(padded[at:stop])
                    if entry is not None:
                        out.append((entry, at - 1, stop - 1))
            for start, entry in starts.get(word[:head], ()):
                if word.startswith(start):
                    out.append((entry, at - 1, at + len(start) - 1))
            at = end + 1
        return out


def pad(folded: str) -> str:
    """The text with a space for every character that is no letter or digit, and one at either end.

    Superscript figures count as spaces: they are notes ("trial³") or powers, never part of a word.
    """
    if folded.isascii():
        return " " + folded.encode().translate(_SPACES).decode() + " "
    return " " + _NOT_WORD.sub(" ", folded) + " "
