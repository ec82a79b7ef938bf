"""The caret stands under the words, and nothing under review reaches the terminal as a command."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest

from claimlint.model import Checked, Document, Run, Scope, Signals
from claimlint.reporters import render

from . import runs


def excerpt(text: str, words: str) -> tuple[str, str]:
    doc = runs.document("a.md", (Scope.PARAGRAPH, text))
    out = render("text", Run((Checked(doc, Signals(), (runs.finding(doc, words),)),), (), ()))
    lines = out.splitlines()
    at = next(n for n, line in enumerate(lines) if re.match(r"\s+\|[\s]*\^", line))
    return lines[at - 1].split("| ", 1)[1], lines[at].split("| ", 1)[1]


def cells(text: str) -> int:
    """Terminal cells by a rule of its own: wide counts two, marks and what follows a joiner none."""
    total = 0
    for before, char in zip("\0" + text, text, strict=False):
        if before == "\u200d" or unicodedata.combining(char) or char in "\u200d\ufe0f":
            continue
        total += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return total


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is proven here.", "proven"),
        ("幹細胞療法 is proven here.", "proven"),
        ("A 幹細胞 cure.", "幹細胞"),
        ("e\u0301clat cre\u0300me proven", "proven"),
        ("cre\u0300me", "cre\u0300me"),
        ("😀🎉 proven", "proven"),
        ("👩\u200d⚕ proven", "proven"),
        ("한국 proven", "proven"),
        ("x" * 300 + " proven " + "y" * 300, "proven"),
        ("幹" * 300 + " proven " + "細" * 300, "proven"),
    ],
)
def test_caret_is_under_the_words(text, words):
    """Cells before the first caret and under the carets equal those of the words above."""
    shown, caret = excerpt(text, words)
    at = shown.index(words)
    assert len(caret) - len(caret.lstrip()) == cells(shown[:at])
    assert caret.strip() == "^" * cells(words)
    assert cells(shown) <= 96


@pytest.mark.parametrize("lead", ["\t", "a\t", "abc\t", "abcd\t", "幹\t", "\t\t"])
def test_tabs_reach_the_same_stops_in_both_lines(lead):
    """A tab is spread to the next stop of four, and the caret line follows."""
    shown, caret = excerpt("-" + lead + "proven", "proven")
    assert "\t" not in shown + caret
    assert cells(shown[: shown.index("proven")]) == len(caret) - len(caret.lstrip())
    assert cells(shown[: shown.index("proven")]) % 4 == 0


def test_first_line_is_what_editors_parse():
    """path:line:column severity rule message."""
    first = render("text", runs.mixed()).splitlines()[0]
    assert re.match(r"site/home page\.md:5:3 note core/overclaim/hype “new dawn of healing”", first)


def test_no_terminal_injection():
    """Control, direction and invisible characters are spelt out; without colour there is no escape at all."""
    out = render("text", runs.hostile())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2066]", out)
    assert "\\x1b[31m" in out
    assert "\\u202e" in out


def test_colour_only_on_request():
    """Colour adds nothing but escapes of ours."""
    plain, coloured = render("text", runs.mixed()), render("text", runs.mixed(), color=True)
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\", "", coloured) == plain
    assert "\x1b[1;31merror" in coloured


def test_span_over_two_lines_is_marked_on_the_first():
    """A span that crosses a line end is underlined to the end of its first line and marked as longer."""
    doc = Document(
        "a.md", "markdown", "so proven\nto cure", runs.document("a.md", (Scope.PARAGRAPH, "x")).blocks
    )
    base = runs.document("a.md", (Scope.PARAGRAPH, "so proven to cure"))
    found = runs.finding(base, "proven to cure")
    lines = render("text", Run((Checked(doc, Signals(), (found,)),), (), ())).splitlines()
    assert lines[1:3] == ["  1 | so proven", "    |    ^^^^^^…"]


def test_one_enormous_line_is_cheap():
    """A thousand findings on a line of several megabytes take no time that grows with the line."""

    def seconds(size: int) -> float:
        doc = runs.document("a.md", (Scope.PARAGRAPH, "x" * size + " proven"))
        run = Run((Checked(doc, Signals(), (runs.finding(doc, "proven"),) * 1000),), (), ())
        start = time.perf_counter()
        render("text", run)
        return time.perf_counter() - start

    assert seconds(4_000_000) < 4 * seconds(1_000) + 0.5
