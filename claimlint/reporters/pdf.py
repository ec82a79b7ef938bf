"""Writes a PDF back with each finding as a highlight on its words; the pages themselves stay as they are.

Needs pypdfium2 and pypdf, an optional part (``claimlint[pdf]``). The notes are appended to the file, so that every byte of
the original is still there, and there is no clock in them.
"""

from __future__ import annotations

import io
from typing import Any

from claimlint.errors import MissingExtra, ReadError
from claimlint.model import Checked, Finding, Run, Severity
from claimlint.readers.pdf_boxes import Box, boxes_of
from claimlint.reporters.remark import AUTHOR, remark
from claimlint.reporters.view import listed

COLOURS = {Severity.ERROR: "f6a5a5", Severity.WARNING: "f9dd8a", Severity.NOTE: "a9d5f0"}
_NOTE = 18.0
"""Size in points of the sign for a note without words."""


def review(run: Run, checked: Checked, data: bytes) -> bytes:
    """``data``, the .pdf that ``checked`` was read from, with a highlight and a note for each listed finding.

    A finding about the whole document, or on a page whose words can't be placed, is a note at the top of its page.
    Raises MissingExtra without the optional part, ReadError for a file that can't be written back.
    """
    try:
        from pypdf import PdfReader, PdfWriter
    except ImportError:
        raise MissingExtra("the PDF report (--format pdf)", "pdf") from None
    whys = {rule.id: rule.why for rule in run.rules}
    findings = listed(run, checked)
    placed = boxes_of(data, [(f.start or 0, f.end or 0) for f in findings])
    try:
        if PdfReader(io.BytesIO(data)).is_encrypted:
            raise ValueError("it is protected")
        writer = PdfWriter(io.BytesIO(data), incremental=True)
        notes: dict[int, int] = {}
        for number, (finding, (page, boxes)) in enumerate(zip(findings, placed, strict=True), 1):
            words = boxes if finding.start is not None else []
            where = "" if words or not finding.quote else f"On this page: “{finding.quote}”"
            text = remark(finding, whys.get(finding.rule, ""), where)
            if words:
                made = _highlight(finding, words)
            else:
                made = _note(writer.pages[page], notes.get(page, 0))
                notes[page] = notes.get(page, 0) + 1
            _describe(made, text, f"{AUTHOR}-{number}")
            writer.add_annotation(page, made)
        out = io.BytesIO()
        writer.write(out)
    except Exception as error:  # pypdf raises whatever a damaged file leads it to
        raise ReadError(
            f"notes can't be written into this PDF ({str(error) or type(error).__name__}): save it anew, without "
            "protection",
            checked.document.path,
        ) from None
    return out.getvalue()


def _highlight(finding: Finding, boxes: list[Box]) -> Any:
    from pypdf.annotations import Highlight
    from pypdf.generic import ArrayObject, FloatObject

    points = []
    for box in boxes:  # upper left, upper right, lower left, lower right: the order that viewers expect
        points += [box.left, box.top, box.right, box.top, box.left, box.bottom, box.right, box.bottom]
    rect = (
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )
    return Highlight(
        rect=rect,
        quad_points=ArrayObject(FloatObject(round(value, 3)) for value in points),
        highlight_color=COLOURS[finding.severity],
        printing=True,
    )


def _note(page: Any, before: int) -> Any:
    """A sign at the top of the page, beside those that are there ``before`` it."""
    from pypdf.annotations import Text

    box = page.cropbox
    left = min(float(box.left) + 6 + before * (_NOTE + 4), float(box.right) - _NOTE)
    top = float(box.top) - 6
    return Text(rect=(left, top - _NOTE, left + _NOTE, top), text="")


def _describe(annotation: Any, text: str, name: str) -> None:
    from pypdf.generic import NameObject, TextStringObject

    annotation[NameObject("/Contents")] = TextStringObject(text)
    annotation[NameObject("/T")] = TextStringObject(AUTHOR)
    annotation[NameObject("/NM")] = TextStringObject(name)
