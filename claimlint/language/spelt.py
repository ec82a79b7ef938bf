"""Words that are spelt so that people read them and filters don't: c u r e s, c-u-r-e-s, cur3s, #cures.

Unlike hidden characters these are made of plain ones, so that only a word that the rules know tells them from initials, part numbers
and doses; what isn't known stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from claimlint.language.normalise import Normalised

Known = Callable[[str], bool]
"""Whether a folded word is one that some rule or lexicon uses."""

# What a character can be to a disguise: few texts hold a run of kinds that one needs, and bytes are the cheapest to search.
_KINDS = bytes(
    0x61
    if chr(c).isalpha()
    else 0x20
    if chr(c) in " (\"'.*_-"
    else 0x30
    if chr(c) in "013457@$"
    else 0x23
    if c == 0x23
    else 0x78
    for c in range(128)
).ljust(256, b"x")
_SPACED = re.compile(r"[ (\"'.*_\-][A-Za-z]([ .*_\-])[A-Za-z]\1")
_SIGN = re.compile(r"[013457@$](?:[A-Za-z]|(?<=[A-Za-z].))")
_TAG = re.compile(r"(?<!\S)#(?=[A-Za-z])")
_RUN = re.compile(r"[A-Za-z]([ .*_\-])[A-Za-z](?![^\W_])(?:\1[A-Za-z](?![^\W_]))++")
_LEFT = re.compile(r"[A-Za-z0-9@$]*\Z")
_TOKEN = re.compile(r"[A-Za-z0-9@$]++")
_SIGNS = (str.maketrans("013457@$", "oieastas"), str.maketrans("013457@$", "oleastas"))
_LONGEST = 40
"""Letters of a word, or of words run together, that are looked up."""
_SHORT = 1_000
"""Characters of a text that is remembered."""
_NUMBERED = frozenset(
    "day week month year step phase stage grade level table figure page part group type unit".split()
)


class Spelt(NamedTuple):
    """A respelt word at text[start:end]; ``letters`` are (plain character, its place), ``kind`` is spaced, leet or hashtag."""

    kind: str
    start: int
    end: int
    letters: tuple[tuple[str, int], ...]


def spelt(text: str, known: Known) -> Sequence[Spelt]:
    """The respelt words of a normalised text, in order; linear in its length."""
    return _of_late(text, known) if len(text) <= _SHORT else _spelt(text, known)


@lru_cache(maxsize=4_096)  # matching and the rule on disguises ask of the same blocks
def _of_late(text: str, known: Known) -> Sequence[Spelt]:
    return _spelt(text, known)


def _spelt(text: str, known: Known) -> Sequence[Spelt]:
    found: list[Spelt] = []
    kinds = (b" " + text.encode("ascii", "replace")).translate(_KINDS)
    if b" a a " in kinds:
        found += _spaced(text, known)
    if b"0" in kinds and (b"0a" in kinds or b"a0" in kinds):
        found += _leet(text, known)
    if b"#" in kinds:
        found += [Spelt("hashtag", *match.span(), ()) for match in _TAG.finditer(text)]
    found.sort(key=lambda one: one.start)
    return tuple(found)


def respelt(norm: Normalised, known: Known) -> Normalised:
    """``norm`` with its respelt words written plainly, and the map to the original carried on."""
    words = spelt(norm.text, known)
    if not words:
        return norm
    parts: list[str] = []
    places: list[int] = []
    done = 0
    for word in words:
        parts.append(norm.text[done : word.start])
        places += range(done, word.start)
        parts += [char for char, _ in word.letters]
        places += [at for _, at in word.letters]
        done = word.end
    parts.append(norm.text[done:])
    places += range(done, len(norm.text) + 1)
    text = "".join(parts)
    offsets = norm.offsets
    return Normalised(text, text.lower(), tuple(offsets[at] for at in places) if offsets else tuple(places))


def _spaced(text: str, known: Known) -> Iterator[Spelt]:
    padded = " " + text
    at = 0
    while (match := _SPACED.search(padded, at)) is not None:
        run = _RUN.match(text, match.start())  # one on in the padded text, which is where the letters begin
        at = match.end() - 1
        if run is None:
            continue
        start = run.start()
        places = range(start, run.end(), 2)
        letters = "".join(text[place] for place in places)
        words = _divided(letters.lower(), known) if len(letters) <= _LONGEST else None
        if words:
            first, cuts = words
            pieces: list[tuple[str, int]] = []
            for index in range(first, len(letters)):
                if index in cuts:
                    pieces.append((" ", places[index]))
                pieces.append((letters[index], places[index]))
            yield Spelt("spaced", places[first], run.end(), tuple(pieces))
        at = run.end()


def _divided(letters: str, known: Known) -> tuple[int, frozenset[int]] | None:
    """(where words begin, where one ends and the next begins) for letters that are known words; an "a" may stand before them."""
    for first in (0, 1) if letters[0] in "ai" else (0,):
        cuts: list[int] = []
        at = first
        while at < len(letters):
            end = next((end for end in range(len(letters), at + 2, -1) if known(letters[at:end])), 0)
            if not end:
                break
            cuts.append(at)
            at = end
        else:
            return first, frozenset(cuts[1:])
    return None


def _leet(text: str, known: Known) -> Iterator[Spelt]:
    done = 0
    for match in _SIGN.finditer(text):
        if match.start() < done:
            continue
        left = _LEFT.search(text, max(done, match.start() - _LONGEST), match.start())
        start = left.start() if left else match.start()
        token = _TOKEN.match(text, start)
        done = token.end() if token else match.end()
        word = text[start:done].lower()
        if not 4 <= len(word) <= _LONGEST or known(word) or word[:-1] in _NUMBERED:
            continue
        if 2 * sum(char.isalpha() for char in word) < len(word):
            continue
        for signs in _SIGNS:
            plain = word.translate(signs)
            if plain.isalpha() and known(plain):
                yield Spelt("leet", start, done, tuple((char, start + at) for at, char in enumerate(plain)))
                break
