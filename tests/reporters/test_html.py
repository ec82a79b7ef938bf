"""The HTML report: self-contained, inert whatever it shows, and complete without JavaScript."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimlint.model import Checked, Place, Run, Scope, Signals
from claimlint.reporters import render
from claimlint.reporters.claims import render_claims
from claimlint.reporters.page import Marked, pieces_of
from claimlint.reporters.sarif_rules import DOCS

from . import runs

ALL = [*runs.STANDARD.values(), runs.hostile]
VOID = {"meta", "input", "link", "br", "img", "hr"}


class Page(HTMLParser):
    """Collects tags, attributes and text, and checks that tags nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.inline: dict[str, str] = {}
        self.quiet: list[bool] = []
        self.seen: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        quiet = any(self.quiet) or tag == "template" or "hidden" in dict(attrs)
        if not quiet:
            self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)
            self.quiet.append(quiet)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self.quiet.pop()

    def handle_data(self, data):
        if self.open[-1:] in (["style"], ["script"]):
            self.inline[self.open[-1]] = self.inline.get(self.open[-1], "") + data
        else:
            self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_inert_and_self_contained(make):
    """One script and one style, both ours and both named by their hash; no other way to run or load."""
    page = Page(render("html", replace(make(), show_suppressed=True)))
    assert page.open == []
    policy = next(m["content"] for m in page.all("meta") if "http-equiv" in m)
    assert "default-src 'none'" in policy
    for kind in ("style", "script"):
        assert len(page.all(kind)) == 1
        digest = b64encode(sha256(page.inline[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    allowed = {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "a",
        "header",
        "div",
        "h1",
        "span",
        "p",
        "main",
    }
    allowed |= {
        "section",
        "h2",
        "ul",
        "li",
        "code",
        "b",
        "br",
        "table",
        "caption",
        "thead",
        "tr",
        "th",
        "tbody",
        "td",
    }
    allowed |= {
        "form",
        "fieldset",
        "legend",
        "label",
        "input",
        "select",
        "option",
        "output",
        "kbd",
        "dl",
        "dt",
        "dd",
    }
    allowed |= {
        "article",
        "mark",
        "details",
        "summary",
        "ol",
        "h3",
        "h4",
        "blockquote",
        "i",
        "button",
        "footer",
        "template",
        "svg",
        "rect",
        "q",
    }
    for tag, attributes in page.tags:
        assert tag in allowed | {"script"}
        assert not [
            name for name in attributes if name.startswith("on") or name in ("style", "src", "srcset")
        ]
        if "href" in attributes:
            assert re.match(r"#|https?://", attributes["href"] or "")


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_ledger_page_is_inert(make):
    """The ledger's page has one style and, where there are claims, one script, named by their hashes; no other way to run or load."""
    run = make()
    page = Page(render_claims(run, "html"))
    assert page.open == []
    policy = next(m["content"] for m in page.all("meta") if "http-equiv" in m)
    kinds = ("style", "script") if any(checked.claims for checked in run.checked) else ("style",)
    for kind in kinds:
        digest = b64encode(sha256(page.inline[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert len(page.all("style")) == 1
    assert len(page.all("script")) == len(kinds) - 1
    assert not [tag for tag, _ in page.tags if tag in ("img", "iframe", "link", "base", "object", "embed")]
    for _, attributes in page.tags:
        assert not [
            name for name in attributes if name.startswith("on") or name in ("style", "src", "srcset")
        ]
        assert re.match(r"#|https?://", attributes.get("href") or "#")
    text = " ".join(page.text)
    assert all(failure.path in text or "\x1b" in failure.path for failure in make().failures)


def test_ledger_page_shows_slots_and_verdict():
    """A claim's words, slots, tier and verdict are all on the page."""
    text = " ".join(Page(render_claims(runs.mixed(), "html")).text)
    for words in (
        "proven to cure eczema",
        "vitamin drip",
        "stronger than evidence",
        "E1",
        "2 claims in 3 files",
    ):
        assert words in text


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_every_link_inside_has_its_target(make):
    """Each deep link leads somewhere, and no id stands twice."""
    page = Page(render("html", make()))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    inside = [a["href"][1:] for a in page.all("a") if (a["href"] or "").startswith("#")]
    assert inside
    assert set(inside) <= set(ids)


def test_hostile_text_is_shown_not_obeyed():
    """Markup in any field is text; a template expression is not evaluated; invisible marks are spelt out."""
    out = render("html", runs.hostile())
    assert "<script>alert" not in out
    assert "<img" not in out
    assert "{{ 7*7 }}" in out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "\x00" not in out


def test_only_web_addresses_become_links():
    """The javascript: address of a provision is no link; the https ones of evidence and provisions are."""
    page = Page(render("html", runs.mixed()))
    outside = [a for a in page.all("a") if not (a["href"] or "").startswith("#")]
    assert {a["href"] for a in outside} == {
        "https://doi.org/10.0000/madeup",
        "https://www.example.org/code",
        "https://www.example.org/guidance",
        *(
            f"{DOCS}/{rule}"
            for rule in (
                runs.PROOF,
                "core/overclaim/cure-verb",
                "core/overclaim/hype",
                "core/page/missing-notice",
            )
        ),
    }
    assert all("noopener" in (a["rel"] or "") for a in outside)


def test_complete_without_javascript():
    """All text and every finding with its reasons is in the page; controls that need script are hidden."""
    out = render("html", runs.mixed())
    page = Page(out)
    text = " ".join(" ".join(page.text).split())
    for words in (
        "Our drip is",
        "Page title",
        "Meta description",
        "Image text",
        "Tested once without benefit.",
        "Madeup 2024",
        "Invented Advertising Code, s. 1",
        "is being studied for",
        "booster",
        "line 7, column 13",
        "paragraph 12",
        "Investigational notice",
        "We answer questions by letter.",
        "no findings listed",
    ):
        assert words in text
    assert {"form", "button", "input", "select", "fieldset"} & set(page.seen) == set()
    assert "hidden" not in page.all("mark")[0]


def test_failures_stand_on_top():
    """What could not be checked comes before anything else that was found."""
    out = render("html", runs.failures())
    assert out.index("2 files could not be checked</h2>") < out.index('class="counts"')
    assert "written in French" in out


def test_overlaps_keep_all_their_numbers():
    """Where two findings overlap, the shared piece names both."""
    page = Page(render("html", runs.mixed()))
    covering = [mark["data-f"] for mark in page.all("mark")]
    # Twice: once in the source, once on the page; the Word document of the run comes last.
    assert covering == ["1", "2", "2 3", "3", "1", "2", "2 3", "3", "5", "5"]


def test_size():
    """A report on one document of forty thousand characters with 150 findings is below 400 KB."""
    blocks = [
        (Scope.PARAGRAPH, f"Paragraph {n} says that a drip is proven to help people with colds. " * 5)
        for n in range(120)
    ]
    doc = runs.document("long.md", *blocks)
    example = runs.mixed().checked[0].findings[1]
    found = [runs.finding(doc, f"Paragraph {n} says") for n in range(120)]
    found = [replace(f, evidence=example.evidence, why=example.why, suggest=example.suggest) for f in found]
    assert len(doc.source) > 40_000
    out = render("html", Run((Checked(doc, Signals(), tuple(found)),), (), runs.RULES))
    assert len(out.encode()) < 400_000


@given(
    st.text(min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6),
)
def test_pieces_join_to_the_text(text, places):
    """Cutting loses and doubles nothing, and each piece is covered by exactly the spans around it."""
    base = runs.finding(runs.document("a.md", (Scope.PARAGRAPH, "proven")), "proven")
    marks = [Marked(n, replace(base, place=Place(0, a, b))) for n, (a, b) in enumerate(places)]
    pieces = pieces_of(text, marks)
    assert "".join(piece.text for piece in pieces) == text
    at = 0
    for piece in pieces:
        spans = {n for n, (a, b) in enumerate(places) if a < b and a <= at and at + len(piece.text) <= b}
        clipped = {n for n, (a, b) in enumerate(places) if a <= at < min(b, len(text))}
        assert spans <= set(piece.numbers) == clipped
        at += len(piece.text)
    opened = [number for piece in pieces for number in piece.opens]
    closed = [mark.number for piece in pieces for mark in piece.closes]
    assert (
        sorted(opened)
        == sorted(closed)
        == sorted({n for n, (a, b) in enumerate(places) if a < min(b, len(text))})
    )
