"""Writes a Word document back with each finding as a comment on its words; the text itself stays as it is.

Needs python-docx, an optional part (``claimlint[docx]``). The result has no clock in it, so that the same document
gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from claimlint.errors import MissingExtra, ReadError
from claimlint.model import Checked, Run
from claimlint.readers.docx_story import BREAKS, hidden, on, squeezed
from claimlint.reporters.remark import AUTHOR, remark
from claimlint.reporters.view import listed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EPOCH = (1980, 1, 1, 0, 0, 0)

Char = tuple[Any, Any, int]
"""Where a shown character stands: its run, the run's child that holds it, and the offset in that child's text."""


def review(run: Run, checked: Checked, data: bytes) -> bytes:
    """``data``, the .docx that ``checked`` was read from, with a comment for each listed finding.

    A finding in a header, footer or note, where Word allows no comment, and one about the whole document are
    commented on at the start of the text. Raises MissingExtra without python-docx, ReadError for a
    document that it can't open.
    """
    try:
        import docx
    except ImportError:
        raise MissingExtra("the Word report (--format docx)", "docx") from None
    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:  # python-docx has no error class of its own for a document that it can't use
        raise ReadError(
            f"comments can't be written into this document ({error})", checked.document.path
        ) from None
    paragraphs = {f"paragraph {number}": p for number, p in enumerate(_paragraphs(document.element.body), 1)}
    titles = {rule.id: rule.why for rule in run.rules}
    for finding in listed(run, checked):
        place = finding.place
        block = checked.document.blocks[place.block] if place is not None else None
        paragraph = paragraphs.get(block.locator or "") if block is not None else None
        runs = None
        where = ""
        if paragraph is not None and block is not None and place is not None:
            runs = _words(paragraph, block.text, place.start, place.end) or _whole(paragraph)
        if runs is None:
            where = f"In the {block.locator}: “{finding.quote}”" if block is not None else ""
            runs = next((found for p in paragraphs.values() if (found := _whole(p))), None) or _made(document)
        comment = document.add_comment(
            [_as_run(element, document) for element in runs],
            text=remark(finding, titles.get(finding.rule, ""), where),
            author=AUTHOR,
            initials="cl",
        )
        comment._comment_elm.attrib.pop(f"{_W}date", None)
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _paragraphs(body: Any) -> Iterator[Any]:
    """The body's paragraphs in the order in which the reader counts them."""
    for child in body.iterchildren("*"):
        local = child.tag.rpartition("}")[2]
        if hidden(local):
            continue
        if child.tag == f"{_W}p":
            yield child
        yield from _paragraphs(child)


def _chars(node: Any) -> Iterator[tuple[str, Char]]:
    """The characters that a paragraph shows, each with its place; those of text boxes are other paragraphs'."""
    for child in node.iterchildren("*"):
        local = child.tag.rpartition("}")[2]
        if hidden(local) or local == "p":
            continue
        if child.tag == f"{_W}r":
            yield from _run_chars(child)
        else:
            yield from _chars(child)


def _run_chars(run: Any) -> Iterator[tuple[str, Char]]:
    properties = run.find(f"{_W}rPr")
    vanish = properties.find(f"{_W}vanish") if properties is not None else None
    if vanish is not None and on(vanish.get(f"{_W}val")):
        return
    for child in run.iterchildren("*"):
        local = child.tag.rpartition("}")[2]
        if child.tag == f"{_W}t":
            for at, char in enumerate(child.text or ""):
                yield char, (run, child, at)
        elif local in BREAKS and child.tag.startswith(_W):
            yield BREAKS[local], (run, child, 0)


def _words(paragraph: Any, text: str, start: int, end: int) -> list[Any] | None:
    """The runs that hold exactly text[start:end], cut out where need be; None where the text reads otherwise."""
    found = list(_chars(paragraph))
    shown, places = squeezed("".join(char for char, _ in found))
    if shown != text or not start < end <= len(places):
        return None
    # The end first: cutting behind the words moves nothing before them.
    _cut(*found[places[end - 1]][1], after=True)
    first = _cut(*found[places[start]][1], after=False)
    last = list(_chars(paragraph))[places[end - 1]][1][0]
    return [first, last]


def _cut(run: Any, child: Any, at: int, *, after: bool) -> Any:
    """Cuts ``run`` before (or behind) a character; the run that begins (or ends) with it."""
    at += after
    whole = child.tag != f"{_W}t"
    size = 1 if whole else len(child.text or "")
    rest = list(child.itersiblings("*"))
    before = [one for one in child.itersiblings("*", preceding=True) if one.tag != f"{_W}rPr"]
    if at >= size and not rest:
        return run
    if at == 0 and not before:
        return run
    new = run.makeelement(run.tag, dict(run.attrib))
    properties = run.find(f"{_W}rPr")
    if properties is not None:
        new.append(deepcopy(properties))
    if 0 < at < size:
        tail = deepcopy(child)
        child.text, tail.text = child.text[:at], child.text[at:]
        for piece in (child, tail):
            piece.set(_SPACE, "preserve")
        new.append(tail)
    elif at == 0:
        new.append(child)
    for one in rest:
        new.append(one)
    run.addnext(new)
    return run if after else new


def _whole(paragraph: Any) -> list[Any] | None:
    runs = [place[0] for _, place in _chars(paragraph)]
    return [runs[0], runs[-1]] if runs else None


def _made(document: Any) -> list[Any]:
    """An empty run at the start of a document that shows no text at all."""
    paragraph = document.paragraphs[0] if document.paragraphs else document.add_paragraph()
    element = paragraph.add_run()._r
    return [element, element]


def _as_run(element: Any, parent: Any) -> Any:
    from docx.text.run import Run as WordRun

    return WordRun(element, parent)


def _timeless(data: bytes) -> bytes:
    """The same zip with no times in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(zipfile.ZipInfo(info.filename, _EPOCH), old.read(info), zipfile.ZIP_DEFLATED)
    return out.getvalue()
