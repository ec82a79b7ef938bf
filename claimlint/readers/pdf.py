"""Reads PDF files page by page with pypdfium2, which is an optional part (``claimlint[pdf]``).

A PDF holds glyphs at places, not paragraphs; lines are joined as in plain text. A page that shows something but
has no text (a scan) is reported as not read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from claimlint.errors import MissingExtra, ReadError
from claimlint.model import Block, Document, Link, Unread
from claimlint.readers import text

EXTENSIONS = (".pdf",)
MOST_PAGES = 2_000
MOST_TEXT = 10_000_000
GAP = "\n\n"
"""What stands between two pages in the document's text."""


def read_bytes(path: str, data: bytes) -> Document:
    """The Document in the bytes of a PDF; ``source`` is its text, and blocks have the locator "page N".

    A page without text stands in ``source`` as a line in square brackets, which is no copy. Raises ReadError,
    also where no page has any text.
    """
    try:
        import pypdfium2
    except ImportError:
        raise ReadError(str(MissingExtra("reading PDF", "pdf")), path) from None
    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError("the file is protected by a password: save it without one", path) from None
        raise ReadError("the file is no PDF that can be read: save it anew", path) from None
    try:
        if len(file) > MOST_PAGES:
            raise ReadError(
                f"the file has {len(file):,} pages and the limit is {MOST_PAGES:,}: split it", path
            )
        pages: list[tuple[str, bool]] = []
        size = 0
        for number in range(len(file)):
            pages.append(page_text(file, number))
            size += len(pages[-1][0])
            if size > MOST_TEXT:
                raise ReadError(f"the file holds more than {MOST_TEXT:,} characters: split it", path)
        meta = {
            key: value
            for key, name in (("author", "Author"), ("title", "Title"))
            if (value := file.get_metadata_value(name))
        }
    finally:
        file.close()
    if not any(words for words, _ in pages):
        raise ReadError("no page has a text layer (it is a scan): run text recognition on it first", path)
    return _document(path, pages, meta)


def page_text(file: Any, number: int) -> tuple[str, bool]:
    """A page's text, and whether it shows anything at all. A page that can't be loaded shows something."""
    import pypdfium2

    try:
        page = file[number]
        layer = page.get_textpage()
        words = layer.get_text_bounded().replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
        layer.close()
        shows = next(iter(page.get_objects(max_depth=1)), None) is not None
        page.close()
    except pypdfium2.PdfiumError:
        return "", True
    # A hyphen at a line's end that joins a cut word is U+FFFE or U+0002 in PDFium's text.
    words = words.replace("\ufffe\n", "").replace("\x02\n", "").replace("\ufffe", "-").replace("\x02", "-")
    return (words if words.strip() else ""), shows


def _document(path: str, pages: list[tuple[str, bool]], meta: dict[str, str]) -> Document:
    parts: list[str] = []
    blocks: list[Block] = []
    links: list[Link] = []
    unread: list[Unread] = []
    at = 0
    for number, (words, shows) in enumerate(pages, 1):
        part = words or (f"[page {number}: no text]" if shows else "")
        if words:
            page = text.read(path, words)
            first = len(blocks)
            blocks += [_moved(block, at, first, f"page {number}") for block in page.blocks]
            links += [Link(link.href, link.start + at, link.end + at) for link in page.links]
        elif shows:
            unread.append(
                Unread(
                    at,
                    at + len(part),
                    f"page {number} has no text layer (a scan or a picture); look at it yourself",
                )
            )
        parts.append(part)
        at += len(part) + len(GAP)
    return Document(path, "pdf", GAP.join(parts), tuple(blocks), (), tuple(links), tuple(unread), meta)


def _moved(block: Block, by: int, first: int, locator: str) -> Block:
    """A page's block as one of the whole document's."""
    return replace(
        block,
        segments=tuple((place, start + by, end + by) for place, start, end in block.segments),
        heading=None if block.heading is None else block.heading + first,
        lead_in=None if block.lead_in is None else block.lead_in + first,
        locator=locator,
    )
