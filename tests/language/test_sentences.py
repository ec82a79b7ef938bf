"""Sentences: abbreviations, numbers and bullets of health copy, and spans that cover every word."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimlint.language.sentences import sentences

CASES = [
    ["Dr. Baek leads.", "We help."],
    ["It has 2 × 10⁷ cells.", "Phase I/II trials began."],
    ["Use creams, e.g. Lotions by Lumora, i.e. Cheap ones."],
    ["The U.S. FDA has not approved it.", "We sell it in the U.S.", "Our team is ready."],
    ["Stem cells vs. Placebo in approx. 40 people.", "No. 1 clinic."],
    ["Lumora Inc. offers it.", "Jane Doe, M.D. and John F. Roe, Ph.D. lead."],
    ["Open at 9 a.m. Monday.", "We close at 5 p.m.", "Call us."],
    ["Version v. 2.0 costs $5.00.", "Take 5 mg. daily."],
    ["Wait ... there is more.", "Really?!", "Yes."],
    ['She said "It works."', "Then she left."],
    ["St. John's wort helps.", "See Fig. 2 and Smith et al. (2019)."],
    ["No more pain.", "Our clinic helps."],
    ["Visit www.lumora.example.com or mail us at info@lumora.example.", "Thanks."],
    ["1. Reduce pain today"],
    ["Vitamin C.", "Our serum.", "Hepatitis B.", "Patients ask."],
    ["By J. Smith and A. B. Roe in May.", "Good."],
    ["Results vary.", "90% improved."],
    ["Relief for:", "• Pain", "• Asthma", "• Lupus"],
    ["Home", "| About", "| Contact"],
    ["Fast", "✓ Safe", "✓ Proven"],
    ["The answer is no.", "We do not."],
    ["mRNA works.", "mRNA is new.", "iPhone."],
    ["Is it safe?", "Yes!", "(See below.)", "Next."],
    ["We treat pain; nothing else.", "He saw 5 people (approx. 3 men).", "Good"],
    ["It helped (really!) many.", "It is 2.5 mg twice."],
    ["Great results!", "😀 Our clinic."],
    ["the gel works.", "call now."],
    ["Yahoo! users like it."],
    ["Take it b.i.d. with food.", "Take it b.i.d.", "The dose is 5 mg.", "Next dose."],
    ["It ended.[12]", "Then more."],
    ["This is type I.", "The other is II.", "Next."],
    ["The results (n = 12, p < .05) were good.", "Fine."],
    ["Located on Main St.", "Our doctors at Mt. Sinai"],
    ["Rated No. 1 by you and I.", "We agree."],
]


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize("parts", CASES, ids=lambda parts: parts[0])
def test_sentences_end_where_a_reader_ends_them(parts: list[str]) -> None:
    """Abbreviations, initials, units, quotes and bullets don't mislead."""
    assert split(" ".join(parts)) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("No pain.Our clinic helps.", ["No pain.", "Our clinic helps."]),
        ("Less pain!Our clinic helps.", ["Less pain!", "Our clinic helps."]),
        (
            "See Lumora.Com or lumora.example/About.Html now",
            ["See Lumora.Com or lumora.example/About.Html now"],
        ),
        (
            "\u4eca\u65e5\u306f\u3002\u660e\u65e5\u306f\u3002",
            ["\u4eca\u65e5\u306f\u3002", "\u660e\u65e5\u306f\u3002"],
        ),
        ("", []),
        ("   ", []),
        ("  One.   Two.  ", ["One.", "Two."]),
    ],
)
def test_spaces_missing_or_many(text: str, parts: list[str]) -> None:
    """A missing space still ends a sentence, an address doesn't, and spans are trimmed."""
    assert split(text) == parts


@given(
    st.text(
        st.sampled_from("aB1 .!?\u2026\u3002\"')(|\u2022\u2713\U0001f600\n-") | st.characters(codec="utf-8")
    )
)
def test_spans_cover_the_text(text: str) -> None:
    """Spans are trimmed, in order and apart, and only white space lies outside them."""
    last = 0
    for start, end in sentences(text):
        assert last <= start < end <= len(text)
        assert not text[last:start].strip()
        assert text[start:end] == text[start:end].strip()
        last = end
    assert not text[last:].strip()


@pytest.mark.parametrize(
    "hostile",
    [
        "." * 200_000 + "x",
        '."' * 100_000,
        ". " * 100_000,
        " |" * 100_000,
        "a. " + " " * 200_000 + "b",
        "aaaa.Bbbb" * 20_000,
    ],
)
def test_cost_is_linear(hostile: str) -> None:
    """Runs of stops, pipes and spaces take a moment, not minutes."""
    begun = perf_counter()
    sentences(hostile)
    assert perf_counter() - begun < 5
