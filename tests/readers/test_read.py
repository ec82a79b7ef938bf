"""Bytes to documents: which encoding counts, which reader is chosen, and what each failure says."""

from __future__ import annotations

import codecs

import pytest

from claimlint.errors import ReadError
from claimlint.model import Document
from claimlint.readers import known, read, suffix
from claimlint.readers.decode import decode


def test_bom_is_one_character() -> None:
    """A byte order mark stays in the source as one character and out of the text."""
    for encoding, bom in (
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ):
        document = read("a.txt", bom + "Knees é".encode(encoding))
        assert document.source == "\ufeffKnees é"
        assert document.blocks[0].text == "Knees é"
        assert document.blocks[0].segments[0][1] == 1


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="windows-1252">',
        '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">',
        '<?xml version="1.0" encoding="cp1252"?>',
    ],
)
def test_declared_charset(head: str) -> None:
    """A declared charset is used in markup; ISO-8859-1 means Windows-1252, as in browsers."""
    data = head.encode() + b"<p>it\x92s caf\xe9</p>"
    assert read("a.html", data).blocks[-1].text == "it’s café"


def test_declaration_does_not_count_in_text() -> None:
    """Prose that mentions a charset declares nothing."""
    assert decode("<meta charset=latin1> é".encode(), declared=False).endswith("é")


def test_settings_encoding_is_the_last_resort() -> None:
    """The settings' encoding is tried only where strict UTF-8 fails."""
    assert read("a.txt", b"caf\xe9", encoding="cp1252").blocks[0].text == "café"
    assert read("a.txt", "café".encode(), encoding="cp1252").blocks[0].text == "café"


@pytest.mark.parametrize(
    ("path", "data", "said"),
    [
        ("a.txt", b"one\ncaf\xe9", "a.txt:2: byte 7 (0xe9) is not valid UTF-8"),
        ("a.txt", b"a\0b", "binary"),
        ("a.txt", codecs.BOM_UTF16_LE + b"a", "not valid utf-16-le"),
        ("a.mdd", b"a", "did you mean '.md'"),
        ("README", b"a", "no suffix"),
    ],
)
def test_failures_say_what_to_do(path: str, data: bytes, said: str) -> None:
    """Each failure names the file and its cause."""
    with pytest.raises(ReadError) as raised:
        read(path, data)
    assert path in str(raised.value)
    assert said in str(raised.value)


def test_unknown_settings_encoding() -> None:
    """An encoding that Python does not know is an error, not a guess."""
    with pytest.raises(ReadError, match="no encoding that Python knows"):
        read("a.txt", b"\xff", encoding="klingon")


def test_size_limit() -> None:
    """A file over the limit is refused and the limit is named."""
    with pytest.raises(ReadError, match="the limit is 10:"):
        read("a.txt", b"x" * 11, largest=10)


def test_choice_of_reader() -> None:
    """Suffixes count in any case; standard input is text unless its name says otherwise; plugins win."""
    assert known("Folder.d/Page.HTML")
    assert not known("page.exe")
    assert not known(".md")
    assert read("-", b"<p>x").format == "text"
    assert read("-", b"<p>x", name="page.html").format == "html"

    def plugin(path: str, source: str) -> Document:
        return Document(path, "own", source, ())

    extra = {".own.html": plugin}
    assert suffix("a.own.html", extra) == ".own.html"
    assert suffix("a.own.html") == ".html"
    assert read("a.own.html", b"x", extra=extra).format == "own"
