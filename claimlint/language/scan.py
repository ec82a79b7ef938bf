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

_Known = tuple[int | None, int, tuple[tuple[int, int], ...]] | None
"""What a word stands for: (its entry, the most words of a key that begins with it, starts as (length, entry))."""
Raw = list[tuple[int, int, int]]
"""(entry, start, end): which key stands at [start, end) of the folded text."""


_HEAD = 4
_MOST_SEEN = 200_000
"""Words that are remembered with what they stand for: a text of nothing but new words must not fill the memory."""

Groups = dict[str, tuple[int, str]]
"""Head -> (entry of its first key, its keys joined by line ends)."""


def head(key: str) -> str:
    """The group of a key: the start of its first word."""
    return key.partition(" ")[0][:_HEAD]


class Words:
    """Whole words and runs of them with their entries.

    Groups are unpacked when a word with their head is first looked up: a short text asks for few of them, and unpacking
    all costs more than checking a page. ``ready`` holds what is unpacked: after ``get`` of a word, all keys that begin with it.
    """

    __slots__ = ("_closed", "ready")

    def __init__(self, ready: dict[str, int], groups: Groups) -> None:
        self.ready = dict(ready)
        self._closed = dict(groups)

    def get(self, word: str) -> int | None:
        """The entry of a key of one word; None where it is none."""
        if word[:_HEAD] in self._closed:
            self._open(word[:_HEAD])
        return self.ready.get(word)

    def all(self) -> dict[str, int]:
        """Every key with its entry, in the order of entries."""
        for name in tuple(self._closed):
            self._open(name)
        return dict(sorted(self.ready.items(), key=lambda item: item[1]))

    def _open(self, name: str) -> None:
        group = self._closed.get(name)
        if group is not None:
            first, joined = group
            found = joined.split("\n")
            self.ready.update(zip(found, range(first, first + len(found)), strict=True))
            self._closed.pop(name, None)  # last, so that another thread never misses what is being unpacked


class Keys(TypedDict):
    """Keys are folded; values are entry numbers. ``longest`` gives the most words of a key of several by its first."""

    words: Words
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
        "words": Words(words, {}),
        "longest": longest,
        "starts": starts,
    }


class Scanner:
    """Scans texts for the keys of one table."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._scanned = 0
        self._seen: dict[str, _Known] = {}
        self._automaton: Any = None
        self._entries: list[tuple[int, int]] = []
        self._head = min(map(len, keys["starts"]), default=0)
        self._starts: dict[str, list[tuple[str, int]]] = {}
        for start, entry in keys["starts"].items():
            self._starts.setdefault(start[: self._head], []).append((start, entry))

    def scan(self, padded: str) -> Raw:
        """Every occurrence of every key in a folded text, given as `pad` makes it; overlapping ones too, in no particular order."""
        if self._automaton is None:
            self._scanned += len(padded)
            if self._scanned < BUILD_AFTER or not self._build():
                return self._by_words(padded)
        found = self._automaton.find_matches_as_indexes(padded, overlapping=True)
        entries = self._entries
        return [
            (entry, start, stop - beyond)
            for index, start, stop in found
            for entry, beyond in (entries[index],)
        ]

    def _build(self) -> bool:
        try:
            from ahocorasick_rs import AhoCorasick, Implementation
        except ImportError:  # no wheel for this platform: the dictionary does the same, slower
            self._scanned = -(1 << 62)
            return False
        keys = self._keys
        words = keys["words"].all()
        # Each with how far a match of its pattern ends beyond the key, in a text without its pad.
        self._entries = [(entry, 2) for entry in words.values()]
        self._entries += [(entry, 1) for entry in keys["starts"].values()]
        patterns = [f" {key} " for key in words] + [f" {key}" for key in keys["starts"]]
        self._automaton = AhoCorasick(patterns or ["\\0"], implementation=Implementation.ContiguousNFA)
        return True

    def _by_words(self, padded: str) -> Raw:
        keys, seen = self._keys["words"].ready, self._seen
        out: Raw = []
        at = 1
        for word in padded[1:].split(" "):
            try:
                known = seen[word]
            except KeyError:
                known = self._look_up(word)
            if known is not None:
                entry, count, starts = known
                end = at + len(word)
                if entry is not None:
                    out.append((entry, at - 1, end - 1))
                stop = end
                for _ in range(count - 1):
                    stop = padded.find(" ", stop + 1)
                    if stop < 0:
                        break
                    entry = keys.get(padded[at:stop])
                    if entry is not None:
                        out.append((entry, at - 1, stop - 1))
                for length, entry in starts:
                    out.append((entry, at - 1, at + length - 1))
            at += len(word) + 1
        return out

    def _look_up(self, word: str) -> _Known:
        """What a word stands for; most words are nothing, and it is enough to find that out once."""
        entry = self._keys["words"].get(word) if word else None
        count = self._keys["longest"].get(word, 1)
        starts = tuple(
            (len(start), entry)
            for start, entry in (self._starts.get(word[: self._head], ()) if word else ())
            if word.startswith(start)
        )
        known = (entry, count, starts) if entry is not None or count > 1 or starts else None
        if len(self._seen) < _MOST_SEEN:
            self._seen[word] = known
        return known


def pad(folded: str) -> str:
    """The text with a space for every character that is no letter or digit, and one at either end.

    Superscript figures count as spaces: they are notes ("trial³") or powers, never part of a word.
    """
    if folded.isascii():
        return " " + folded.encode().translate(_SPACES).decode() + " "
    return " " + _NOT_WORD.sub(" ", folded) + " "
