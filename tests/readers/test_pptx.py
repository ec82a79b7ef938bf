"""Presentations as those who are shown them see them: slides, tables, groups, pictures' descriptions and notes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimlint.cli import main
from claimlint.errors import ReadError
from claimlint.model import Document
from claimlint.readers import known, office, read
from claimlint.readers import pptx as reader
from tests.readers.conformance import check_document
from tests.readers.slides import para, pptx, shape
from tests.readers.test_conformance import EXAMPLES
from tests.readers.word import packed


def document(*slides: str, **parts) -> Document:
    """The document, whose promises are checked on the way."""
    made = read("deck.pptx", pptx(*slides, **parts))
    check_document(made)
    return made


def shown(made: Document) -> list[tuple[str, str, str]]:
    """(text, scope, locator) of each block."""
    return [(block.text, block.scope.value, block.locator) for block in made.blocks]


def test_slides_in_their_order_with_what_stands_on_them():
    """Titles are headings, bodies lists, tables cells; groups are entered; numbers and hidden shapes are no copy."""
    table = f"<p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody>{para('Cell')}</a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>"
    first = (
        shape(para("Lumora"), kind="ctrTitle")
        + shape(para("What it is"), kind="subTitle")
        + shape(para("7"), kind="sldNum")
        + shape(para("Unseen"), more='hidden="1"')
        + f"<p:grpSp><p:nvGrpSpPr><p:cNvPr id='3' name='g'/></p:nvGrpSpPr>{shape(para('Grouped'))}</p:grpSp>"
        + "<p:pic><p:nvPicPr><p:cNvPr id='2' name='x' descr='A smiling  guest'/></p:nvPicPr></p:pic>"
    )
    second = (
        shape(para("Benefits"), kind="title")
        + shape(para("Cures ", "migraine"), para("Free text", properties="<a:buNone/>"), para(), kind="")
        + shape(
            para("Boxed<a:br/>".replace("<a:br/>", "")), para("Listed", properties='<a:buChar char="x"/>')
        )
        + table
    )
    made = document(first, second)
    assert shown(made) == [
        ("Lumora", "heading", "slide 1"),
        ("What it is", "paragraph", "slide 1"),
        ("Grouped", "paragraph", "slide 1"),
        ("A smiling guest", "alt", "slide 1"),
        ("Benefits", "heading", "slide 2"),
        ("Cures migraine", "list-item", "slide 2"),
        ("Free text", "paragraph", "slide 2"),
        ("Boxed", "paragraph", "slide 2"),
        ("Listed", "list-item", "slide 2"),
        ("Cell", "table-cell", "slide 2"),
    ]
    assert made.source == "\n".join(block.text for block in made.blocks)
    assert made.blocks[5].heading == 4
    assert made.blocks[5].lead_in == 4


def test_notes_hidden_slides_footers_and_layouts():
    """Notes are spoken; a hidden slide goes out with the file; a footer is read once; a layout's own words are shown."""
    made = document(
        shape(para("One")) + shape(para("Results vary"), kind="ftr"),
        shape(para("Two")) + shape(para("Results vary"), kind="ftr"),
        notes={1: shape(para("Say it cures"), kind="body") + shape(para("1"), kind="sldNum")},
        layout=shape(para("Click to edit"), kind="title") + shape(para("Not a substitute for advice")),
        hidden=2,
    )
    assert shown(made) == [
        ("One", "paragraph", "slide 1"),
        ("Results vary", "footer", "slide 1"),
        ("Say it cures", "list-item", "slide 1, notes"),
        ("Two", "paragraph", "slide 2 (hidden)"),
        ("Not a substitute for advice", "footer", "slide layout"),
    ]


def test_links():
    """A link's words are copy, and its address is known with their place."""
    run = '<a:r><a:rPr><a:hlinkClick r:id="k"/></a:rPr><a:t>the  trial</a:t></a:r>'
    made = document(shape(para("See ", run, " now")), link="https://example.org/t")
    (link,) = made.links
    assert (link.href, made.source[link.start : link.end]) == ("https://example.org/t", "the trial")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0rest", "password or in PowerPoint's old format"),
        (b"not a zip", "no PowerPoint document"),
        (packed({"x": "y"}), "no list of slides"),
        (packed({"ppt/presentation.xml": "<open>"}), "is no XML"),
        (pptx("x", head="<!DOCTYPE a [<!ENTITY b 'c'>]>"), "declares a document type, which no PowerPoint"),
        (packed({f"{n}": "" for n in range(office.MOST_FILES + 1)}), "more than 5,000 parts"),
        (packed({"ppt/presentation.xml": b"<w>" + b" " * (office.LARGEST_PART + 1)}), "unpacks to more than"),
    ],
    ids=lambda value: "data" if isinstance(value, bytes) else None,  # archives hold the time of day
)
def test_what_cannot_be_read_is_said(data, said):
    """Bombs, damage and protection end in one message that names the file and the way out."""
    with pytest.raises(ReadError) as caught:
        read("deck.pptx", data)
    assert said in str(caught.value)
    assert str(caught.value).startswith("deck.pptx: the file ")


def test_too_many_slides(monkeypatch):
    """A presentation of thousands of slides is named, not read for minutes."""
    monkeypatch.setattr(reader, "_MOST_SLIDES", 2)
    with pytest.raises(ReadError, match="more than 2 slides"):
        read("deck.pptx", pptx("", "", ""))


def test_deep_nesting_ends():
    """A hundred thousand nested groups neither crash nor count as text."""
    deep = "<p:grpSp>" * 100_000 + shape(para("deep")) + "</p:grpSp>" * 100_000
    assert [block.text for block in document(deep + shape(para("Shallow"))).blocks] == ["Shallow"]


def test_lock_files_are_no_documents():
    """What PowerPoint leaves beside an open file is passed over in a folder."""
    assert known("site/deck.pptx")
    assert not known("site/~$deck.pptx")


PIECES = [
    "cure",
    " ",
    "\t",
    "é😀",
    "<a:br/>",
    "<a:p/>",
    "\u00a0",
    "x  y",
    "<a:fld><a:t>3</a:t></a:fld>",
    "&#9;",
]


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([None, "", "title", "ftr"]), st.lists(st.sampled_from(PIECES), max_size=5)),
        max_size=6,
    )
)
def test_made_up_documents(shapes):
    """Whatever stands on a slide, its blocks keep the promises of every reader, and twice the same."""
    body = "".join(shape(para(*parts), kind=kind) for kind, parts in shapes)
    assert document(body) == document(body)


def test_check_names_the_slide(tmp_path: Path, monkeypatch, capsys):
    """A finding says on which slide it stands."""
    monkeypatch.chdir(tmp_path)
    Path("deck.pptx").write_bytes(
        pptx(
            shape(para("Welcome."), kind="title"),
            shape(para("Our drops are proven to cure multiple sclerosis.")),
        )
    )
    assert main(["check", "--as-of", "2026-11-24", "deck.pptx"]) == 1
    assert "at: slide 2" in capsys.readouterr().out
