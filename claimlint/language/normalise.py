"""Plain text for matching, with a map back to the text as written.

Rules and lexicons are written in plain text, so typography, ligatures and disguises are undone once, here;
positions are carried along, so that a finding still quotes what stands on the page.

What stays as it is: ordinary accents (composed, "é"), superscripts, subscripts and fractions (10⁷ is not 107,
½ is not 12), ®, ™ and ©, the ellipsis character, bullets, emoji, and words wholly in another script. An em
dash stays "—" and an en dash beside a space becomes one, because both separate clauses; every other dash
becomes "-". The Turkish dotless and dotted i become plain ones.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import NamedTuple

from claimlint.language._confusables import (
    SUSPECT,
    circled,
    compatible,
    invisible,
    joins,
    latin,
    lookalikes,
    mark,
    overlay,
    pattern,
    suspect_words,
)

# The few that stand in nearly every page; str.replace is many times faster than translate.
_COMMON = (("\u2019", "'"), ("\u2018", "'"), ("\u201c", '"'), ("\u201d", '"'), ("\u00a0", " "))
_RARE = (
    dict.fromkeys("\u201a\u201b\u2039\u203a\u2032\u02bc\u00b4\u2019\u2018", "'")
    | dict.fromkeys("\u201e\u201f\u00ab\u00bb\u2033\u275d\u275e\u201c\u201d", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\uff0d", "-")
    | dict.fromkeys("\u0085\u00a0\u1680\u202f\u205f\u3000\u2028\u2029\u2800", " ")
    | {chr(point): " " for point in range(0x2000, 0x200B)}
    | {"\u2015": "\u2014", "\u2044": "/", "\u2215": "/", "\u2024": ".", "\u0131": "i", "\u0130": "I"}
)
_TABLE = str.maketrans(_RARE)
_UNUSUAL = f"[{''.join(_RARE)}{SUSPECT[1:-1]}]"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


class Normalised(NamedTuple):
    """Text made plain. ``text`` keeps its case, ``folded`` is lower case and of the same length.

    ``offsets`` is None where every character stands for the one at the same place of the original; else
    ``offsets[i]`` is where the original of ``text[i]`` starts, and its last item is the original's length.
    """

    text: str
    folded: str
    offsets: tuple[int, ...] | None = None

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that text[start:end] stands for: code points, half open.

        A span that is not empty maps to one that is not empty; part of a ligature widens to the whole, and
        characters that were dropped belong to the one before them.
        """
        offsets = self.offsets
        if offsets is None:
            return start, end
        low = offsets[start]
        if end <= start:
            return low, low
        return low, offsets[bisect_right(offsets, offsets[end - 1])]


def normalise(text: str) -> Normalised:
    """The text made plain; linear in its length, and the same for its own result."""
    if text.isascii():
        if text.isprintable() or not _CONTROL.search(text):
            return Normalised(text, text.lower())
    else:
        text = _typography(text)
        if text.isascii() or not pattern(_UNUSUAL).search(text):
            return Normalised(text, _fold(text))
        text = _dashes(text.translate(_TABLE))
    spans = suspect_words(text)
    return _undisguised(text, spans) if spans else Normalised(text, _fold(text))


def plain_word(word: str, before: str = "", after: str = "") -> list[tuple[str, int]]:
    """One word without disguise, in pieces: (plain text, where its original starts in ``word``).

    ``before`` and ``after`` are the characters beside it (empty at the ends of the text).
    """
    places: list[int] = []
    bases: list[str] = []
    marks: list[list[int]] = []
    seen = before
    whole = circled(word)
    for at, char in enumerate(word):
        if invisible(char):
            if not joins(seen, word[at + 1] if at + 1 < len(word) else after):
                continue
        elif mark(char) and bases:
            marks[-1].append(at)
            continue
        seen = char
        places.append(at)
        bases.append(compatible(char, whole))
        marks.append([])
    for index, letter in lookalikes(bases).items():
        bases[index] = letter
    pieces: list[tuple[str, int]] = []
    for at, base, over in zip(places, bases, marks, strict=True):
        if over and not latin(base[-1]):
            pieces.append((base, at))
            pieces += [(word[one], one) for one in over]
        elif over and not overlay(signs := "".join(word[one] for one in over)):
            pieces.append((unicodedata.normalize("NFC", base + signs)[: len(base)], at))
        elif over:
            pieces.append((unicodedata.normalize("NFD", base)[0], at))
        else:
            pieces.append((base, at))
    return pieces


def _typography(text: str) -> str:
    for written, plain in _COMMON:
        if written in text:
            text = text.replace(written, plain)
    return _dashes(text)


def _dashes(text: str) -> str:
    """En dashes: a clause's where a space stands beside it, a hyphen elsewhere (ranges, compounds)."""
    if "\u2013" not in text:
        return text
    return text.replace(" \u2013", " \u2014").replace("\u2013 ", "\u2014 ").replace("\u2013", "-")


def _fold(text: str) -> str:
    if "\u0130" in text:  # the one letter that lower-cases to two
        text = text.replace("\u0130", "i")
    return text.lower()


def _undisguised(text: str, spans: list[tuple[int, int]]) -> Normalised:
    parts: list[str] = []
    offsets: list[int] = []
    done = 0
    shifted = False
    for start, end in spans:
        parts.append(text[done:start])
        offsets.extend(range(done, start))
        pieces = plain_word(text[start:end], text[start - 1 : start], text[end : end + 1])
        for plain, at in pieces:
            parts.append(plain)
            offsets.extend([start + at] * len(plain))
        shifted = shifted or len(pieces) < end - start or any(len(plain) != 1 for plain, _ in pieces)
        done = end
    parts.append(text[done:])
    plain_text = "".join(parts)
    if not shifted:
        return Normalised(plain_text, _fold(plain_text))
    offsets.extend(range(done, len(text) + 1))
    return Normalised(plain_text, _fold(plain_text), tuple(offsets))
