"""Hidden characters: disguises are reported with their place, clean text of any language is not."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimlint.language.hidden import hidden

CASES = [
    ("c\u200bures", "zero-width"),
    ("cu\u3164res", "zero-width"),
    ("c\ufe0fures", "zero-width"),
    ("c\u00adures", "soft-hyphen"),
    ("cu\u00adres", "soft-hyphen"),
    ("cu\u00ad\u00adres", "soft-hyphen"),
    ("\u0441ures", "homoglyph"),
    ("cur\u0435\u0455", "homoglyph"),
    ("c\u03c5res", "homoglyph"),
    ("\u217dures", "homoglyph"),
    ("c\u0336u\u0336r\u0336e\u0336s\u0336", "combining"),
    ("c\u0332u\u0332r\u0332e\u0332s\u0332", "combining"),
    ("cu\u200eres", "bidi"),
    ("\u202ecures\u202c", "bidi"),
    ("\uff43\uff55\uff52\uff45\uff53", "fullwidth"),
    ("\U0001d41c\U0001d42e\U0001d42b\U0001d41e\U0001d42c", "styled"),
    ("\u24d2\u24e4\u24e1\u24d4\u24e2", "styled"),
    ("\u1d04\u1d1c\u0280\u1d07s", "styled"),
]
CLEAN = {
    "plain": "It is not a cure.",
    "Russian": "\u043a\u043b\u0435\u0442 B12 IgG-\u0430\u043d\u0442\u0438\u0442\u0435\u043b\u0430",
    "Greek": "\u0394\u03b5\u03bd \u03b8\u03b5\u03c1\u03b1\u03c0\u03b5\u03cd\u03b5\u03b9",
    "Persian joiners": "\u06a9\u062a\u0627\u0628\u200c\u0647\u0627 \u0631\u0627",
    "Hindi joiner": "\u0915\u094d\u0937\u200d\u092e\u093e",
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467 family \u2764\ufe0f great 1\ufe0f\u20e3",
    "flag": "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007fEngland",
    "French": "Cr\u00e8me \u00e0 l\u2019\u00e9t\u00e9",
    "French, split accents": "Cre\u0300me e\u0301te\u0301",
    "Turkish": "\u0130stanbul \u0131\u011fd\u0131r",
    "Vietnamese, split accents": "Tie\u0302\u0301ng Vie\u0323\u0302t",
    "Yoruba": "\u1eb8\u0301k\u1ecd\u0301 \u1ecd\u0300r\u1ecd\u0300",
    "German joiner": "Auf\u200clage",
    "Japanese full width": "\uff26\uff24\uff21\u627f\u8a8d\u306e\u85ac",
    "Hebrew and a mark": "\u05e9\u05dc\u05d5\u05dd\u200f hello",
    "science": "TGF-\u03b2, NF\u03baB, \u03b1v\u03b23, \u00b5g, \u03bcM, 10\u2077, \U0001d45d < 0.05",
    "ligatures, numerals": "e\ufb03cacy in Phase\u2161 and Phase \u2163",
    "pronunciation": "/\u02c8kj\u028a\u0259r\u026a\u014b/ [k\u0251t]",
    "hyphenation": "in\u00adflam\u00adma\u00adtion",
    "bulk hyphenation": "pro\u00advides wa\u00adter the\u00adra\u00adpy, strengthening",
    "residue at word edges": "\ufeffHello\u200b there\u2060.",
    "break hint": "Super\u200bSerum",
}


@pytest.mark.parametrize(("written", "kind"), CASES)
def test_disguise_is_reported(written: str, kind: str) -> None:
    """The kind, the word as written and its plain reading are all given."""
    text = f"Our serum {written} migraine."
    (found,) = hidden(text)
    assert (found.kind, found.plain) == (kind, "cures")
    assert text[found.start : found.end] in (written, written.rstrip("\u202c"))


@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN.keys())
def test_clean_text_is_silent(text: str) -> None:
    """Ordinary typography and clean text of other languages give nothing."""
    assert hidden(text) == []


def test_two_disguises_of_one_word() -> None:
    """A word that is disguised twice is reported once a kind, in order."""
    assert [found.kind for found in hidden("\u0441\u200bures")] == ["homoglyph", "zero-width"]


def test_short_word_broken_while_longer_ones_are_not() -> None:
    """A soft hyphen in a short word is odd where a longer word of the text carries none."""
    assert [found.plain for found in hidden("It can\u00adcels inflammation.")] == ["cancels"]
    assert hidden("It can\u00adcels pain.") == []


@given(st.text())
def test_spans_lie_within_the_text(text: str) -> None:
    """Every span is a non-empty stretch of the text, and spans come in order."""
    found = hidden(text)
    assert all(0 <= item.start < item.end <= len(text) for item in found)
    assert found == sorted(found, key=lambda item: (item.start, item.kind))


@pytest.mark.parametrize("piece", ["\u0301", "a\u200b", "a\u00ad", "\u2161", "\u202e", "\u24c7", "\u0430a "])
def test_cost_is_linear(piece: str) -> None:
    """A long hostile text takes about eight times as long as an eighth of it: far below the 64 of quadratic work."""
    assert _seconds("a" + piece * 96_000) / _seconds("a" + piece * 12_000) < 28


def _seconds(text: str) -> float:
    """Processor time, so that neither a busy machine nor a measurement of coverage decides."""
    spent = []
    for _ in range(2):
        begun = process_time()
        hidden(text)
        spent.append(process_time() - begun)
    return max(min(spent), 0.004)
