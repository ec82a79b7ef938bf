"""The source view: line for line what is in the file, with the marks of the page."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from claimlint.model import Scope
from claimlint.reporters import render
from claimlint.reporters.charts import WIDTH, scorecard
from claimlint.reporters.page import Marked
from claimlint.reporters.source_view import LARGEST, lines_of
from claimlint.reporters.view import headline, reasons_in_words
from claimlint.spans import LineIndex

from . import runs

DOC = runs.document("a.md", (Scope.PARAGRAPH, "proven"))
FOUND = runs.finding(DOC, "proven")


@given(
    st.text("ab \t\r\n<", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5),
)
def test_lines_are_those_of_the_source(source, places):
    """Every line stands where LineIndex counts it, and each mark covers exactly its words."""
    places = [(a, b) for a, b in places if a < b <= len(source)]
    marks = [Marked(n, replace(FOUND, start=a, end=b)) for n, (a, b) in enumerate(places)]
    lines = lines_of(replace(DOC, source=source), marks)
    index = LineIndex(source)
    count = index.position(len(source))[0]
    if not source or source[-1] in "\r\n":
        count -= 1
    assert len(lines) == count
    for number, line in enumerate(lines, 1):
        start, end = index.line_span(number, source)
        assert "".join(piece.text for piece in line) == source[start:end].replace("\t", "    ")
        at = start
        for piece in line:
            width = len(piece.text) - 3 * source[at : at + len(piece.text)].count("\t")
            while source[at : at + width].replace("\t", "    ") != piece.text:
                width += 1
            covering = tuple(n for n, (a, b) in enumerate(places) if a <= at and at + width <= b)
            assert piece.numbers == covering
            at += width
    printed = [n for n, (a, b) in enumerate(places) if source[a:b].strip("\r\n")]
    assert set(printed) <= {n for line in lines for piece in line for n in piece.opens}


def test_a_huge_source_is_left_to_an_editor():
    """Over the cap there is no source view and no link into it; the page itself is complete."""
    words = "A drip is proven. " * (LARGEST // 18 + 1)
    doc = runs.document("big.md", (Scope.PARAGRAPH, words))
    run = replace(
        runs.clean(),
        checked=(replace(runs.clean().checked[0], document=doc, findings=(runs.finding(doc, "proven"),)),),
    )
    out = render("html", run)
    assert "sourceview" not in re.sub(r"(?s)<(style|script)>.*?</\1>", "", out)
    assert "#s-1" not in out
    assert 'id="m-1"' in out


def test_evidence_is_said_once():
    """The message's part that a record says stands with the record alone."""
    record = {"record": "drip/eczema", "summary": "Tested once without benefit."}
    message = "“proven” claims proof. Tested once without benefit. Nothing can be claimed."
    found = replace(FOUND, message=message, evidence=(record,))
    assert headline(found) == (
        "“proven” claims proof.",
        "Tested once without benefit. Nothing can be claimed.",
    )
    assert headline(replace(found, evidence=())) == (message, "")
    checked = replace(runs.clean().checked[0], document=DOC, findings=(found,))
    run = replace(runs.clean(), checked=(checked,))
    for name in ("html", "text"):
        findings = render(name, run).partition('class="cited"')[0]
        assert findings.count("Tested once without benefit.") == 1


def test_a_quotation_is_shown_in_its_words():
    """What stood in quotation marks is named without doubling the marks, and cut where it is long."""
    why = FOUND.why[:0]
    place = FOUND.place
    assert place is not None
    from claimlint.model import Reason

    short = replace(FOUND, why=(*why, Reason("quoted", '"a new dawn"', place)))
    assert reasons_in_words(short) == "quoted “a new dawn”"
    long = replace(FOUND, why=(Reason("quoted", "word " * 60, place),))
    assert len(reasons_in_words(long)) < 100


def test_bars_add_up():
    """The parts of a bar fill it, and its label says the same numbers."""
    card = {
        "score": 0.25,
        "formula": "a mean",
        "instruments": {
            "jama": {"present": 1, "absent": 2, "unknown": 1},
            "hon": {"present": 0, "absent": 0, "unknown": 3},
        },
        "items": [{"question": "Is it dated?", "state": "present", "shown": [{"quote": "March 2026"}]}],
    }
    made = scorecard(card)
    assert made is not None
    assert made.score.parts == (("present", 0.0, WIDTH / 4), ("absent", WIDTH / 4, WIDTH * 3 / 4))
    assert [sum(width for _, _, width in bar.parts) for bar in made.instruments] == [WIDTH, WIDTH]
    assert made.instruments[0].words == "1 present, 2 absent, 1 unknown"
    assert made.items == (("Is it dated?", "present", "March 2026"),)
    assert scorecard({}) is None
