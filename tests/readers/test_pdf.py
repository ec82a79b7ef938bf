"""PDF files page by page; a page without text is never taken as clean."""

from __future__ import annotations

import builtins
import importlib.util
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimlint.cli import main
from claimlint.errors import ReadError
from claimlint.readers import known, read
from tests.readers.conformance import check_document
from tests.readers.test_conformance import EXAMPLES
from tests.readers.word import pdf

pytest.importorskip("pypdfium2")


def test_pages_and_places():
    """Blocks name their page, and offsets count in the text of the whole file."""
    made = read("a.pdf", pdf("Our drops help.\nThey are new.", "", "Second words here."))
    check_document(made)
    assert [(block.text, block.locator) for block in made.blocks] == [
        ("Our drops help.", "page 1"),
        ("They are new.", "page 1"),
        ("Second words here.", "page 3"),
    ]
    for block in made.blocks:
        _, start, _ = block.segments[0]
        assert made.source[start:].startswith(block.text.split()[0])
    assert made.unread == ()


def test_a_page_without_text_is_reported(tmp_path: Path, monkeypatch, capsys):
    """A scanned page between others is a finding that names it, and its placeholder is no copy."""
    data = pdf("We write about knees and about how they bend.", None)
    made = read("a.pdf", data)
    check_document(made)
    assert [block.locator for block in made.blocks] == ["page 1"]
    (part,) = made.unread
    assert made.source[part.start : part.end] == "[page 2: no text]"
    monkeypatch.chdir(tmp_path)
    Path("a.pdf").write_bytes(data)
    main(["check", "--as-of", "2026-11-24", "a.pdf"])
    assert "not checked: page 2 has no text layer" in capsys.readouterr().out


LINES = st.lists(
    st.text(st.sampled_from("abcxyz MSRI 0159.,:;!?-%&<>{}*#/'\"\xe9\xb5\xad"), max_size=30), max_size=6
).map("\n".join)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(st.none() | LINES, max_size=4))
def test_made_up_pages(pages: list[str | None]) -> None:
    """Whatever stands on its pages, the blocks conform, and every page is either read or named as unread."""
    data = pdf(*pages)
    if not any((page or "").split() for page in pages):
        with pytest.raises(ReadError):
            read("made-up.pdf", data)
        return
    made = read("made-up.pdf", data)
    check_document(made)
    told = {block.locator for block in made.blocks}
    told |= {made.source[part.start + 1 : part.end].partition(":")[0] for part in made.unread}
    wordy = {
        f"page {number}"
        for number, page in enumerate(pages, 1)
        if page is None or any(map(str.isalpha, page))
    }
    assert wordy <= told
    assert made == read("made-up.pdf", data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pdf(None, None), "no page has a text layer"),
        (b"no pdf at all", "is no PDF that can be read"),
        (pdf(), "the file is no PDF"),
    ],
    ids=lambda value: "data" if isinstance(value, bytes) else None,  # archives hold the time of day
)
def test_what_cannot_be_read_is_said(data, said):
    """A scan as a whole, damage and an empty file are failures."""
    with pytest.raises(ReadError, match=said):
        read("a.pdf", data)


def test_without_the_optional_part(tmp_path: Path, monkeypatch, capsys):
    """A PDF that is named fails with the command that installs the part; one that a walk meets is skipped."""
    real, spec = builtins.__import__, importlib.util.find_spec

    def missing(name, *rest):
        if name == "pypdfium2":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "pypdfium2" else spec(name, *rest)
    )
    assert not known("a.pdf")
    with pytest.raises(ReadError, match=r"claimlint\[pdf\]"):
        read("a.pdf", pdf("Words."))
    monkeypatch.chdir(tmp_path)
    Path("a.pdf").write_bytes(pdf("Words."))
    Path("b.txt").write_text("We answer questions by letter.", encoding="utf-8")
    assert main(["check", "."]) == 0
    assert "1 skipped" in capsys.readouterr().out
    assert main(["check", "a.pdf"]) == 2
    assert "claimlint[pdf]" in capsys.readouterr().out
