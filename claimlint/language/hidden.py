"""Characters that disguise a word: what a reader sees and what a filter reads differ.

Only a word of Latin letters counts, and only what ordinary typography and clean text of other languages do
not explain; what is explained is left to ``normalise`` in silence.

Soft hyphens are ordinary hyphenation unless (a) two stand together, or a piece between them has one letter or
no vowel, which no hyphenation gives; or (b) fewer than three words of the text carry any, the word is short
(under eight letters), and it has at most five letters or a longer word of the text carries none.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from claimlint.language._confusables import (
    BIDI,
    SOFT_HYPHEN,
    circled,
    compatible,
    invisible,
    latin,
    lookalikes,
    mark,
    overlay,
    pattern,
    suspect_words,
)
from claimlint.language.normalise import normalise
from claimlint.language.spelt import Known, spelt
from claimlint.model import Block

_EAST_ASIAN = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
_FOREIGN = "[\u0370-\u058f]"
_LATIN = "[A-Za-z]"
_VOWEL = re.compile("[aeiouy]", re.IGNORECASE)
_WORD = f"[^\\W\\d_]+(?:{SOFT_HYPHEN}[^\\W\\d_]+)*+"
_FULL_WIDTH = "[\uff21-\uff3a\uff41-\uff5a]"
_STYLED = "[\u2102-\u214f\u249c-\u24e9\U0001d400-\U0001d7cb\U0001f110-\U0001f189]"
_ROMAN = "[\u2160-\u217f](?=[a-z])"
_OVERRIDES = "\u202d\u202e"
_TWICE = f"{SOFT_HYPHEN}{SOFT_HYPHEN}(?=[A-Za-z])"
_HEAP = "[^\\W_][\u0300-\u034e\u0350-\u036f\u0488\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
_SMALL_CAPITAL = "[\u0250-\u02ff\u1d00-\u1dbf\ua730\ua731]"
_HIDDEN_PART = "(?i)<[^<>]*(?:display\\s*:\\s*none|visibility\\s*:\\s*hidden|font-size\\s*:\\s*0|\\bhidden\\b)[^<>]*>[^<>\\s]"
_DOMAIN = re.compile(r"\.[^\W\d_]")
_SHORTEST_SPLIT = 12
"""Characters of the source within a word that leave room for a hidden element."""
_PHONETIC_MARKS = ("/", "[")


class Hidden(NamedTuple):
    """A disguised word: ``original[start:end]``, how it is disguised, and how it reads in plain letters.

    ``kind`` is zero-width, soft-hyphen, bidi, combining, homoglyph, fullwidth, styled (mathematical, circled and
    small-capital alphabets), spaced, leet, entity or split.
    """

    kind: str
    start: int
    end: int
    plain: str


def hidden(original: str) -> list[Hidden]:
    """Every disguised word of the text as written, in order, one item a word and kind."""
    if original.isascii():
        return []
    words = suspect_words(original)
    if not words:
        return []
    east_asian = pattern(_EAST_ASIAN).search(original) is not None
    foreign = len(pattern(_FOREIGN).findall(original)) > len(pattern(_LATIN).findall(original))
    hyphenated = _odd_hyphenation(original) if SOFT_HYPHEN in original else frozenset()
    found: list[Hidden] = []
    for low, high in words:
        start, end = _trimmed(original, low, high)
        word = original[start:end]
        kinds = _kinds(word, original[start - 1 : start], foreign, east_asian)
        if SOFT_HYPHEN in word and not hyphenated.isdisjoint(range(start, end)):
            kinds.append("soft-hyphen")
        if kinds:
            plain = normalise(word).text
            found += [Hidden(kind, start, end, plain) for kind in sorted(kinds)]
    return found


def respelt_words(original: str, known: Known) -> list[Hidden]:
    """Words that are spaced out or written with figures for letters.

    Capitals set apart by spaces are a way of setting headings, and a hashtag hides nothing.
    """
    norm = normalise(original)
    found: list[Hidden] = []
    for one in spelt(norm.text, known):
        written = norm.text[one.start : one.end]
        if one.kind == "leet" or (one.kind == "spaced" and len(written) > 6 and not written.isupper()):
            plain = "".join(char for char, _ in one.letters)
            found.append(Hidden(one.kind, *norm.to_original(one.start, one.end), plain))
    return found


def coded(block: Block, source: str) -> list[Hidden]:
    """Words of which the source writes plain letters as entities, or that hidden words stand amid (c<i hidden>x</i>ures).

    Addresses are coded to keep them from harvesters, so a word beside an @ or a dot is left alone.
    """
    segments = block.segments
    if len(segments) < 2 or block.locator is not None:
        return []
    text, found, done = block.text, [], 0
    for (at, start, end), (then, low, _) in zip(
        segments, (*segments[1:], (len(text), segments[-1][2], 0)), strict=True
    ):
        if at < done:
            continue
        kind = ""
        if end - start > 3 and source.startswith("&#", start) and text[at].isascii() and text[at].isalpha():
            kind = "entity"
        elif low - end > _SHORTEST_SPLIT and text[then - 1].isalpha() and text[then : then + 1].isalpha():
            kind = "split" if pattern(_HIDDEN_PART).search(source, end, min(low, end + 400)) else ""
        if not kind:
            continue
        first, last = _around(text, at if kind == "entity" else then)
        done = last
        address = "@" in text[first - 1 : first] + text[last : last + 1] or _DOMAIN.match(text, last)
        if last - first > 3 and not address:
            found.append(Hidden(kind, first, last, text[first:last]))
    return found


def _around(text: str, at: int) -> tuple[int, int]:
    """The word at ``at``."""
    first = last = at
    while first > 0 and text[first - 1].isalpha():
        first -= 1
    while last < len(text) and text[last].isalpha():
        last += 1
    return first, last


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The word without what shows nothing at its ends; an override of direction works on what follows it."""
    while start < end and invisible(text[start]) and text[start] not in _OVERRIDES:
        start += 1
    while end > start and invisible(text[end - 1]):
        end -= 1
    return start, end


def _kinds(word: str, before: str, foreign: bool, east_asian: bool) -> list[str]:
    kinds: list[str] = []
    shown = [(at, char) for at, char in enumerate(word) if not invisible(char) and not mark(char)]
    whole = circled(word)
    letters = [compatible(char, whole) for _, char in shown]
    alike = lookalikes(letters)
    read = [alike.get(index, char) for index, char in enumerate(letters)]
    for index in range(1, len(shown)):
        left, right = shown[index - 1][0], shown[index][0]
        if right - left > 1 and latin(read[index - 1][-1]) and latin(read[index][0]):
            gap = [char for char in word[left + 1 : right] if invisible(char) and char != SOFT_HYPHEN]
            if not gap or _typographic(gap, read[index - 1], read[index]):
                continue
            kinds.append("bidi" if any(char in BIDI for char in gap) else "zero-width")
    if any(char in _OVERRIDES for char in word) and any(latin(char[0]) for char in read):
        kinds.append("bidi")
    if _marked(word, read):
        kinds.append("combining")
    if alike and not foreign and before not in _PHONETIC_MARKS:
        small = len(alike) > 2 and all(pattern(_SMALL_CAPITAL).match(letters[at]) for at in alike)
        kinds.append("styled" if small else "homoglyph")
    if pattern(_ROMAN).search(word):
        kinds.append("homoglyph")
    if pattern(_FULL_WIDTH).search(word) and not east_asian:
        kinds.append("fullwidth")
    styled = len(pattern(_STYLED).findall(word))
    if len(letters) > 3 and (
        styled > 2 or (styled and styled < len(letters) and pattern(_LATIN).search(word))
    ):
        kinds.append("styled")
    return list(dict.fromkeys(kinds))


def _typographic(gap: list[str], left: str, right: str) -> bool:
    """A lone break hint inside a CamelCase name, or a joiner that stops an f-ligature."""
    if len(gap) != 1:
        return False
    camel = gap[0] == "\u200b" and left.islower() and right.isupper()
    return camel or (gap[0] == "\u200c" and left.endswith("f") and right in "filtbhkj")


def _marked(word: str, read: list[str]) -> bool:
    """Marks that strike through or enclose a Latin letter, pile up, or follow most letters to no purpose.

    A spelling that needs a mark for which no composed letter exists (Yoruba, Lithuanian) has few of them.
    """
    heaps = [heap.group() for heap in pattern(_HEAP).finditer(word)]
    reads_latin = any(latin(char[0]) for char in read)
    if reads_latin and any(overlay(heap[1:]) for heap in heaps if heap[0].isalpha()):
        return True
    left_over = sum(latin(heap[0]) and len(unicodedata.normalize("NFC", heap[:4])) > 1 for heap in heaps)
    return left_over > 2 and left_over * 2 > len(read)


def _odd_hyphenation(text: str) -> frozenset[int]:
    """Soft hyphens that no hyphenation explains (the module says when): offsets within their words."""
    broken: list[tuple[int, str]] = []
    longest_whole = 0
    for found in pattern(_WORD).finditer(text):
        word = found.group()
        if SOFT_HYPHEN in word:
            broken.append((found.start(), word))
        else:
            longest_whole = max(longest_whole, len(word))
    odd: set[int] = set()
    for start, word in broken:
        pieces = word.split(SOFT_HYPHEN)
        length = sum(map(len, pieces))
        unlikely = length < 8 and len(broken) < 3 and (length < 6 or length < longest_whole)
        if unlikely or any(len(piece) < 2 or not _VOWEL.search(_bare(piece)) for piece in pieces):
            odd.add(start)
    odd.update(found.start() for found in pattern(_TWICE).finditer(text))
    return frozenset(odd)


def _bare(piece: str) -> str:
    return unicodedata.normalize("NFD", piece)
