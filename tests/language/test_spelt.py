"""Words that are spelt so that filters don't read them: found at their place, noted, and clean text left alone."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import evasion
from claimlint import evidence
from claimlint.engine import Engine
from claimlint.language.normalise import normalise
from claimlint.language.spelt import respelt, spelt
from claimlint.readers import reader
from claimlint.rules import load

WORDS = frozenset(("cures", "stem", "cells", "pain", "eczema", "effects", "days", "cell"))


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(load(), evidence.load(), profile="regulator", as_of=date(2026, 11, 24))


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("It c u r e s gout", "It cures gout"),
        ("It c-u-r-e-s gout", "It cures gout"),
        ("It C.u.r.e.s gout", "It Cures gout"),
        ("s t e m c e l l s", "stem cells"),
        ("a p a i n", "a pain"),
        ("It cur3s gout", "It cures gout"),
        ("It cure5 p41n", "It cures pain"),
        ("c3lls", "cells"),
        ("side #effects", "side effects"),
    ],
)
def test_words_are_read_plainly(written: str, plain: str) -> None:
    """A known word is read whatever stands between or for its letters, and maps back to all of what is written."""
    found = respelt(normalise(written), WORDS.__contains__)
    assert found.text == plain
    assert found.to_original(0, len(found.text)) == (0, len(written))


@pytest.mark.parametrize(
    "text",
    [
        "Vitamins A, B and C; B12, HbA1c, H1N1, p53, omega3, day5, 5mg",
        "Y-M-C-A, F.A.C.S., e.g. this, C L I N I C, it_is_so",
        "x y z and 4 of 7; info@clinic.example costs $50",
    ],
)
def test_what_is_not_known_stays(text: str) -> None:
    """Initials, doses, part numbers and addresses are no words in disguise."""
    assert spelt(text, WORDS.__contains__) == ()


@given(st.text(st.sampled_from("cures pain-.4 3#$@_ac\u0430\u200b"), max_size=60))
def test_positions_map_back(text: str) -> None:
    """Spans map to ordered, non-empty spans of the original, and the folded text keeps its length."""
    found = respelt(normalise(text), WORDS.__contains__)
    assert len(found.folded) == len(found.text)
    last = 0
    for at in range(len(found.text)):
        start, end = found.to_original(at, at + 1)
        assert last <= start < end <= len(text)
        last = start


@pytest.mark.parametrize("kind", evasion.KINDS)
def test_disguised_examples_are_found_and_noted(engine: Engine, kind: str) -> None:
    """Nine in ten of the rules' own examples still fire where the disguised word stands, and the disguise is noted."""
    results = [
        evasion.result(engine, case)
        for case in evasion.cases(evasion.judged(list(engine.ruleset.rules)), kind)
    ]
    assert len(results) > 50
    assert sum(found for found, _ in results) >= evasion.BAR * len(results)
    if kind not in evasion.NOT_NOTED:
        assert sum(noted for _, noted in results) >= evasion.BAR * len(results)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "x.txt",
            "C L I N I C   H O U R S. HbA1c, COVID19, omega3, q.i.d., Y-M-C-A, vitamins A B C D E, phase3, 7am, #health",
        ),
        (
            "x.html",
            "<p>D<b>r</b>op c<i>aps</i>, caf&#233;, Tom &#38; Jerry, &#105;nfo&#64;clinic.example, Hello<!-- -->world</p>",
        ),
        ("x.html", '<p>Menu<span class="visually-hidden"> of the clinic</span> cures<sup>1</sup></p>'),
        ("x.md", "`a-b-c-d`, S.M.A.R.T. goals, a *b* c, 1. a. b. c. d., file_a_b_c"),
    ],
)
def test_ordinary_typography_is_silent(engine: Engine, name: str, text: str) -> None:
    """Initials, headings set apart, doses, coded addresses and drop capitals are noted by no rule about disguise."""
    found = engine.check(reader(name[1:])(name, text)).findings
    assert [one.quote for one in found if one.category == "evasion"] == []


@pytest.mark.parametrize("piece", ["a ", "a-", "4a", "a b c", "s t e m ", "#a ", "3", "@a", "s-t-e-m-"])
def test_cost_is_linear(piece: str) -> None:
    """A long hostile text takes about eight times as long as an eighth of it: far below the 64 of quadratic work."""

    def seconds(count: int) -> float:
        norm = normalise(piece * count)
        began = process_time()
        respelt(norm, WORDS.__contains__)
        return max(process_time() - began, 0.004)

    assert seconds(64_000) / seconds(8_000) < 28
