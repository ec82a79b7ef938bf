"""The size of type as a page's own styles give it, and every way in which it stays unknown."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimlint import readers
from claimlint.model import Document
from claimlint.readers.type_size import measured


def read(page: str) -> Document:
    """The page as the HTML reader sees it."""
    return readers.read("page.html", page.encode())


def size(page: str, text: str = "x") -> float | None:
    """The size of the block whose text is ``text``."""
    document = read(page)
    (block,) = [one for one in document.blocks if one.text == text]
    sizes = set(measured(document).sizes(block))
    assert len(sizes) == 1
    found = sizes.pop()
    return None if found is None else round(found, 2)


@pytest.mark.parametrize(
    ("page", "pixels"),
    [
        ("<p>x</p>", 16),
        ("<h1>x</h1>", 32),
        ("<h4>x</h4>", 16),
        ("<p><small>x</small></p>", 13.33),
        ("<p style='font-size: 12pt'>x</p>", 16),
        ("<p style='font-size:150%'>x</p>", 24),
        ("<p style='font-size: x-large'>x</p>", 24),
        ("<div style='font-size:20px'><p style='font-size:.5em'>x</p></div>", 10),
        ("<div style='font-size:20px'><p style='font-size:2rem'>x</p></div>", 32),
        ("<style>html{font-size:62.5%} p{font-size:1.4rem}</style><p>x</p>", 14),
        ("<p style='font: italic bold 11px/1.5 serif'>x</p>", 11),
        ("<style>.a .b{font-size:30px}</style><div class=a><p><span class='c b'>x</span></p></div>", 30),
        ("<style>.a > .b{font-size:30px}</style><div class=a><p><span class=b>x</span></p></div>", 16),
        ("<style>p{font-size:10px} #i{font-size:20px} .c{font-size:30px}</style><p id=i class=c>x</p>", 20),
        ("<style>p{font-size:10px!important}</style><p style='font-size:50px'>x</p>", 10),
        ("<style>.c{font-size:10px} .c{font-size:20px}</style><p class=c>x</p>", 20),
        ("<style>a:hover{font-size:10px}</style><a>x</a>", 16),
        ("<style>@media print{p{font-size:10px}}</style><p>x</p>", 16),
        ("<style media=print>p{font-size:10px}</style><p>x</p>", 16),
        ("<style>@media screen{p{font-size:10px}}</style><p>x</p>", 10),
        ("<style>p{font-size:-3px; font-size:banana 3px}</style><p>x</p>", 16),
        ("<style>/* p{font-size:1px} */ p{content:'}'; font-size:18px}</style><p>x</p>", 18),
        ("<p style='font-size:30px'>y<p>x</p>", 16),
        ("<ul><li style='font-size:30px'>y<li>x</ul>", 16),
        ("<font size=5>x</font>", 24),
        ("<button>x</button>", 13.33),
        ("<style>.n{display:none}</style><p class=n>x</p>", 0),
        ("<style>p{zoom:1;font-size:9px}</style><p>x</p>", 9),
    ],
)
def test_sizes_that_are_seen(page: str, pixels: float) -> None:
    """Units, inheritance, the cascade and browsers' own sizes."""
    assert size(page) == pixels


@pytest.mark.parametrize(
    "styling",
    [
        "p{font-size:2vw}",
        "code{font-size:9px} p{font-size:1ch}",
        "p{font-size:calc(1em + 2px)}",
        "p{font-size:var(--s)}",
        "@media (max-width:600px){p{font-size:10px}}",
        "@supports (display:grid){p{font-size:10px}}",
        "@layer base{p{font-size:10px}}",
        "p:first-child{font-size:10px}",
        "p[lang]{font-size:10px}",
        "h1 + p{font-size:10px}",
        "p:not(.a){font-size:10px}",
        "div{transform:scale(.3)} ",
        "div{zoom:.5}",
        "div{& p{font-size:10px}}",
        "p{@media (max-width:600px){font-size:10px}}",
    ],
)
def test_sizes_that_depend_stay_unknown(styling: str) -> None:
    """A rule that may or may not apply leaves the size open, and never that of other elements."""
    page = f"<style>{styling}</style><div><p>x</p></div><ul><li>y</ul>"
    assert size(page) is None
    assert size(page, "y") == 16


def test_a_surer_rule_closes_what_another_leaves_open() -> None:
    """Where the rule that may apply loses anyway, the size is known."""
    page = "<style>@media (max-width:600px){p{font-size:9px}} #i{font-size:20px}</style><p id=i>x</p>"
    assert size(page) == 20


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<link rel=stylesheet href=a.css><p>x</p>", "elsewhere"),
        ("<link rel='preload' as=style href=a.css><p>x</p>", "elsewhere"),
        ("<style>@import 'a.css';</style><p>x</p>", "import"),
        (f"<style>{'p{font-size:9px}' * 40000}</style><p>x</p>", "too long"),
        ("<style>p{font-size:{{ size }}}</style><p>x</p>", "template"),
    ],
)
def test_pages_that_do_not_show_it(page: str, why: str) -> None:
    """What lies outside the page, or is too much to follow, is named."""
    assert why in measured(read(page)).lacks


def test_other_formats_do_not_show_it() -> None:
    """Text has no type."""
    assert measured(readers.read("page.md", b"# x\n")).lacks


def test_hostile_styles_end_soon() -> None:
    """Many rules times many elements end in an answer, not in a wait."""
    page = f"<style>{'* * * *{font-size:9px}' * 5000}</style>{'<div>x' * 3000}"
    began = time.monotonic()
    assert "too many" in measured(read(page)).lacks
    assert time.monotonic() - began < 30


_BITS = st.sampled_from(
    ["<p>", "</p>", "<div style='font-size:9px'>", "</div>", "<small>", "</small>", "<h1 class=a>", "</h1>", "<li>", "<ul>",
     "</ul>", "<table><tr><td>", "</table>", "words ", "&amp; ", "<br>", "<style>.a{font-size:3em}</style>", "<style>", "{", "}",
     "</style>", "<footer>", "</footer>", "<!-- c -->", "<p style='", "'>", "{{ a }}", "<img alt='seen'>"]
)  # fmt: skip


@given(st.lists(_BITS, max_size=40))
def test_every_shown_word_has_one_answer(bits: list[str]) -> None:
    """Whatever the markup, each block of text outside attributes has a size or is unknown, and none fails."""
    document = read("".join(bits))
    page = measured(document)
    if not page.lacks:
        for block in document.blocks:
            if block.scope.value not in ("alt", "meta", "title"):
                assert page.sizes(block)


def colour(page: str, text: str = "x") -> str:
    """The verdict on the colour of the block whose text is ``text``."""
    document = read(page)
    (block,) = [one for one in document.blocks if one.text == text]
    (found,) = measured(document).verdicts(block)
    return found


@pytest.mark.parametrize(
    "page",
    [
        "<p style='color:white;background:white'>x</p>",
        "<div style='background-color:#fff'><p style='color:#FFFFFF'>x</p></div>",
        "<style>.n{color:rgb(250,250,250)} body{background:#fff}</style><p class=n>x</p>",
        "<style>body{background:navy} p{color:#000080}</style><p>x</p>",
        "<style>p{color:#eee}</style><table bgcolor=white><tr><td><p>x</p></table>",
        "<body bgcolor='#ffffff'><font color=white>x</font>",
        "<p style='color:transparent'>x</p>",
        "<p style='color:#abc;background-color:currentColor'>x</p>",
        "<style>p{color:white!important}</style><div style='background:#fff'><p style='color:black'>x</p></div>",
    ],
)
def test_type_in_the_colour_of_its_ground_is_faint(page: str) -> None:
    """Both colours are stated and too near to be told apart, wherever each stands."""
    assert colour(page) == "faint"


@pytest.mark.parametrize(
    "page",
    [
        "<p>x</p>",
        "<p style='color:#333'>x</p>",
        "<body style='background:white;color:black'><p>x</p>",
        "<style>.dark{background:#111;color:#fff}</style><div class=dark><p>x</p></div>",
        "<div style='background:#fff;color:#fff'><p style='color:#000'>x</p></div>",
        "<div style='color:#fff;background:#fff'><p style='background:#000'>x</p></div>",
        "<style>@media print{p{color:white;background:white}}</style><p>x</p>",
        "<p style='color:banana'>x</p>",
        "<p style='background:none'>x</p>",
    ],
)
def test_type_that_can_be_read(page: str) -> None:
    """Colours far enough apart, or none stated at all."""
    assert colour(page) == ""


@pytest.mark.parametrize(
    "page",
    [
        "<p style='color:white'>x</p>",
        "<p style='background:#000'>x</p>",
        "<p style='color:var(--ink)'>x</p>",
        "<p style='background:url(a.png)'>x</p>",
        "<div style='background:linear-gradient(white,black)'><p style='color:white'>x</p></div>",
        "<p style='color:rgba(255,255,255,.5);background:white'>x</p>",
        "<style>@media (prefers-color-scheme:dark){body{color:white;background:black}}</style><p>x</p>",
        "<style>p:first-child{color:white}</style><p>x</p>",
        "<p style='color:{{ ink }}'>x</p>",
    ],
)
def test_colours_that_depend_stay_unknown(page: str) -> None:
    """Only one colour stated, a picture, a variable, a rule that may apply: never taken for read, nor for hidden."""
    assert colour(page) == "unknown"
