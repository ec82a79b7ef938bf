"""Plain text: what is undone, what keeps its meaning, and that every position maps back."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimlint.language.normalise import normalise

DISGUISES = {
    "soft hyphen": "cu\u00adres",
    "zero-width space": "c\u200bures",
    "zero-width non-joiner": "cu\u200cres",
    "word joiner": "cure\u2060s",
    "byte order mark": "c\ufeffures",
    "variation selector": "c\ufe0fures",
    "combining grapheme joiner": "c\u034fures",
    "tag character": "cu\U000e0020res",
    "Hangul filler": "cu\u3164res",
    "control character": "cu\x08res",
    "direction mark": "cu\u200eres",
    "Cyrillic letter": "\u0441ures",
    "Cyrillic letters at the end": "cur\u0435\u0455",
    "less alike Cyrillic letter": "cu\u0433es",
    "Greek letter": "c\u03c5res",
    "Armenian letter": "c\u057dres",
    "Roman numeral sign": "\u217dures",
    "full width": "\uff43\uff55\uff52\uff45\uff53",
    "mathematical bold": "\U0001d41c\U0001d42e\U0001d42b\U0001d41e\U0001d42c",
    "circled": "\u24d2\u24e4\u24e1\u24d4\u24e2",
    "small capitals": "\u1d04\u1d1c\u0280\u1d07s",
    "superscript letters": "\u1d9c\u1d58\u02b3\u1d49\u02e2",
    "struck through": "c\u0336u\u0336r\u0336e\u0336s\u0336",
    "underlined": "c\u0332u\u0332r\u0332e\u0332s\u0332",
    "overlay on an accent": "\u010b\u0337ures",
    "several at once": "\u0441\u200bu\u0336r\u0435s",
}
NASTY = st.text(
    st.sampled_from(
        "abcXYZ 09.,\u2019\u2013\u2014"
        "\u00a0\u00ad\u200b\u200d\u0301\u0336\u0441\u0435\u03b1\u0130\u0131\ufb01\uff41"
        "\U0001d41c\u2167\u2077\u00bd\u00e9\u2764\ufe0f\U0001f468\u0627\u0915\u094d\u3164\u33a1\u24c7\U0001f172"
    )
    | st.characters(codec="utf-8")
)


@pytest.mark.parametrize("written", DISGUISES.values(), ids=DISGUISES.keys())
def test_disguised_word_reads_plainly(written: str) -> None:
    """A rule for a plain word matches it in every disguise, and the span quotes what is written."""
    text = f"It {written} migraine."
    plain = normalise(text)
    at = plain.folded.index("cures")
    start, end = plain.to_original(at, at + 5)
    assert text[start:end] == written


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("It\u2019s \u201cnew\u201d", 'It\'s "new"'),
        ("5\u00a0mg\u2009twice", "5 mg twice"),
        ("X\u2010ray T\u2011cell 3\u20135 \u22122", "X-ray T-cell 3-5 -2"),
        ("safe \u2013 and fast\u2014now", "safe \u2014 and fast\u2014now"),
        ("\ufb01nally e\ufb03cacy", "finally efficacy"),
        ("Phase \u2161 trial", "Phase II trial"),
        ("e\u0301te\u0301", "\u00e9t\u00e9"),
        ("m\u0131racle \u0130stanbul", "miracle Istanbul"),
        ("in\u00adflam\u00adma\u00adtion", "inflammation"),
        ("\ufeffHello", "Hello"),
    ],
)
def test_typography_becomes_plain(written: str, plain: str) -> None:
    """Quotes, spaces, dashes, ligatures and split accents become what a rule would write."""
    assert normalise(written).text == plain


@pytest.mark.parametrize(
    "text",
    [
        "10\u2077 cells, m\u00b2, CO\u2082, \u00bd dose",
        "Treg\u00ae Treg\u2122 \u00a9 Treg\u24c7",
        "TGF-\u03b2, IFN\u03b3, NF\u03baB, I\u03baB\u03b1",
        "\u03b1v\u03b23, interferon\u03b1, \u00b5g, \u03bcM, PKC\u03b1",
        "Cr\u00e8me br\u00fbl\u00e9e, \u0111\u01b0\u1ee3c vi\u1ebft",
        "\u043a\u043b\u0435\u0442\u043a\u0438 B12 IgG-\u0430\u043d\u0442\u0438\u0442\u0435\u043b\u0430",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0915\u094d\u0937\u200d\u092e\u093e",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f\u200d\U0001f525",
        "\U0001f44d\U0001f3fd 1\ufe0f\u20e3",
        "\u2022 one \u2026 \u2713 two \u2460 \u2116 5",
    ],
)
def test_what_has_a_meaning_stays(text: str) -> None:
    """Superscripts, trade marks, scientific Greek, accents, other scripts and emoji are left as written."""
    plain = normalise(text)
    assert plain.text == text
    assert plain.offsets is None


@pytest.mark.parametrize(
    ("written", "plain"),
    [("\u3300", "\u30a2\u30d1\u30fc\u30c8"), ("5\u3382", "5\u03bcA"), ("\ufb03x", "ffix")],
)
def test_one_character_may_stand_for_several(written: str, plain: str) -> None:
    """A character that is a whole word, or two letters of two scripts, is spelt out."""
    assert normalise(written).text == plain


@given(NASTY)
@example("\u3300")
@example("\x1f\ufbea")
@example("a\u3300b")
def test_positions_map_back(text: str) -> None:
    """Folded text has the same length; spans map to ordered, non-empty spans within the original."""
    plain = normalise(text)
    assert len(plain.folded) == len(plain.text)
    last = (0, 0)
    for at in range(len(plain.text)):
        start, end = plain.to_original(at, at + 1)
        assert last[0] <= start < end <= len(text)
        assert last[1] <= end
        last = (start, end)
    if plain.text:
        whole = plain.to_original(0, len(plain.text))
        assert whole == (plain.to_original(0, 1)[0], last[1])


@given(NASTY)
@example("\u3300")
@example("\x1f\ufbea")
def test_folded_is_lower_case(text: str) -> None:
    """Lower-casing once more changes nothing but the one letter that grows."""
    folded = normalise(text).folded
    assert folded.lower() == folded


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_ascii_is_left_alone(text: str) -> None:
    """Printable ASCII is its own plain text, at its own positions."""
    plain = normalise(text)
    assert (plain.text, plain.offsets) == (text, None)


@pytest.mark.parametrize(
    "piece", ["\u0301", "\u200b", "\u24c7", "a\u03b1a", "\u2161", "\u0430\u200ba", "a\u00ad"]
)
def test_cost_is_linear(piece: str) -> None:
    """A long hostile word takes about eight times as long as an eighth of it: far below the 64 of quadratic work."""
    assert _seconds("a" + piece * 96_000) / _seconds("a" + piece * 12_000) < 28


def _seconds(text: str) -> float:
    """Processor time, so that neither a busy machine nor a measurement of coverage decides."""
    spent = []
    for _ in range(2):
        begun = process_time()
        normalise(text)
        spent.append(process_time() - begun)
    return max(min(spent), 0.004)
