"""The PDF report: highlights that cover their words, notes that say why, and every byte of the original kept."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from claimlint.cli import main
from claimlint.errors import ReadError
from claimlint.model import Checked, Place, Run, Signals
from claimlint.readers import read
from claimlint.readers.pdf_boxes import boxes_of
from tests.readers.word import pdf
from tests.reporters import runs

pdfium = pytest.importorskip("pypdfium2")
pypdf = pytest.importorskip("pypdf")
from claimlint.reporters.pdf import review  # noqa: E402

PAGE = "Our drops are proven to cure eczema,\nand they cure gout (fast) too.\nProven by all."


def reviewed(data: bytes, *quotes: str) -> tuple[Run, bytes]:
    """The document with a finding for each of ``quotes``, reviewed."""
    document = read("copy.pdf", data)
    base = runs.mixed().checked[0].findings[1]
    found = []
    for quote in quotes:
        start = document.source.index(quote)
        found.append(
            replace(
                base,
                start=start,
                end=start + len(quote),
                quote=quote,
                fixes=(),
                place=Place(0, 0, 1),
                message=f"“{quote}” claims proof",
            )
        )
    run = Run((Checked(document, Signals(), tuple(found)),), (), runs.RULES)
    return run, review(run, run.checked[0], data)


def notes(data: bytes) -> list[tuple[int, Any]]:
    """Each annotation by claimlint with its page."""
    return [
        (number, note.get_object())
        for number, page in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages)
        for note in page.get("/Annots", [])
        if note.get_object().get("/T") == "claimlint"
    ]


def covered(data: bytes, page: int, note: Any) -> str:
    """The words under a highlight, its boxes one after the other."""
    layer = pdfium.PdfDocument(data)[page].get_textpage()
    points = [float(value) for value in note["/QuadPoints"]]
    said = []
    for at in range(0, len(points), 8):
        box = points[at : at + 8]
        said.append(layer.get_text_bounded(min(box[::2]), min(box[1::2]), max(box[::2]), max(box[1::2])))
    return " ".join(" ".join(said).split())


def same(first: str, second: str) -> bool:
    """Whether two texts have the same letters: at a line's end hyphens and spaces come and go."""
    return re.sub(r"\W|_", "", first) == re.sub(r"\W|_", "", second)


@pytest.mark.parametrize(
    "quote", ["proven to cure eczema", "eczema,\nand they cure", "(fast)", "Proven by all", "Second"]
)
def test_a_highlight_covers_exactly_its_words(quote):
    """On one line or across two, on the first page or a later one."""
    data = pdf(PAGE, "", None, "Second words.")
    _, out = reviewed(data, quote)
    ((page, note),) = notes(out)
    assert note["/Subtype"] == "/Highlight"
    assert page == (3 if quote == "Second" else 0)
    assert covered(out, page, note) == " ".join(quote.split())
    rect = [float(value) for value in note["/Rect"]]
    points = [float(value) for value in note["/QuadPoints"]]
    assert rect == pytest.approx(
        [min(points[::2]), min(points[1::2]), max(points[::2]), max(points[1::2])], abs=0.01
    )


def test_boxes_are_where_the_page_draws_the_words():
    """In the page's own measure: the first line begins where the content puts it, 72 points in and 720 up."""
    data = pdf(PAGE)
    ((page, (box,)),) = boxes_of(data, [(0, 3)])
    assert page == 0
    assert box.left == pytest.approx(72, abs=1)
    assert box.bottom < 720 < box.top


def test_the_original_is_kept():
    """The new file begins with the old one, byte for byte, reads the same, and is the same every time."""
    data = pdf(PAGE, "Second words.")
    run, out = reviewed(data, "proven to cure", "cure eczema", "Second")
    assert out.startswith(data)
    assert len(out) > len(data)
    assert read("copy.pdf", out) == run.checked[0].document
    assert review(run, run.checked[0], data) == out
    assert len(notes(out)) == 3


def test_what_a_note_says():
    """What is wrong, why, what decided, the evidence, what to do and the rule, with no clock."""
    _, out = reviewed(pdf(PAGE), "proven to cure")
    ((_, note),) = notes(out)
    for words in ("Error: “proven to cure” claims proof", "Proof is a word for", "booster “proven”",
                  "Tested once without benefit", "To do: is being studied for", "Rule core/overclaim/proof-verb"):  # fmt: skip
        assert words in note["/Contents"]
    assert "/M" not in note
    assert "/CreationDate" not in note


def test_findings_without_words():
    """Notes on the document as a whole stand side by side at the top of its first page."""
    document = read("copy.pdf", pdf(PAGE))
    whole = runs.mixed().checked[0].findings[-1]
    run = Run((Checked(document, Signals(), (whole, whole)),), (), runs.RULES)
    out = review(run, run.checked[0], pdf(PAGE))
    found = notes(out)
    assert [(page, note["/Subtype"]) for page, note in found] == [(0, "/Text")] * 2
    assert found[0][1]["/Rect"] != found[1][1]["/Rect"]


def test_hostile_text_is_text():
    """A quote with control, direction and other characters stays a string of the note."""
    words = "proven \x1b[31m\u202e) /JS (app.alert(1)) >> endobj"
    document = read("copy.pdf", pdf(PAGE))
    base = runs.mixed().checked[0].findings[1]
    found = replace(base, start=None, end=None, place=None, message=words, quote=words)
    run = Run((Checked(document, Signals(), (found,)),), (), runs.RULES)
    ((_, note),) = notes(review(run, run.checked[0], pdf(PAGE)))
    assert "\\x1b[31m\\u202e" in note["/Contents"]
    assert "/A" not in note
    assert "/JS" not in note


def test_on_the_command_line(tmp_path: Path, monkeypatch, capsys):
    """A reviewed copy is written, the status is that of any check, and the original stays as it was."""
    monkeypatch.chdir(tmp_path)
    data = pdf("Welcome.\nOur drops are proven to cure multiple sclerosis.")
    Path("copy.pdf").write_bytes(data)
    assert main(["check", "--as-of", "2026-11-24", "copy.pdf", "--format", "pdf", "-o", "out.pdf"]) == 1
    assert Path("copy.pdf").read_bytes() == data
    out = Path("out.pdf").read_bytes()
    assert any(
        "cure multiple sclerosis" in covered(out, page, note)
        for page, note in notes(out)
        if note["/Subtype"] == "/Highlight"
    )
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["copy.pdf"], "needs --output FILE"),
        (["copy.pdf", "-o", "copy.pdf"], "never writes over the document"),
        (["page.txt", "-o", "out.pdf"], "takes one PDF"),
        (["copy.pdf", "page.txt", "-o", "out.pdf"], "takes one PDF"),
    ],
)
def test_conditions(tmp_path: Path, monkeypatch, capsys, arguments, said):
    """What can't become a reviewed document is refused before anything is checked or written."""
    monkeypatch.chdir(tmp_path)
    Path("copy.pdf").write_bytes(pdf("Welcome."))
    Path("page.txt").write_text("Welcome.", encoding="utf-8")
    assert main(["check", "--format", "pdf", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not Path("out.pdf").exists()


def test_a_protected_document_is_refused():
    """One that may be read but not changed is refused in one message."""
    data = pdf(PAGE)
    run, _ = reviewed(data, "proven")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt("", "owner", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    assert read("copy.pdf", locked.getvalue()) == run.checked[0].document
    with pytest.raises(ReadError, match="without protection"):
        review(run, run.checked[0], locked.getvalue())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_highlights_in_a_saved_document(tmp_path: Path):
    """The same for a document that LibreOffice saved as PDF."""
    source = Path(__file__).parents[2] / "examples" / "bad" / "eczema-trial.txt"
    shutil.copy(source, tmp_path / "page.txt")
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
         "pdf:writer_pdf_Export", "--outdir", str(tmp_path), str(tmp_path / "page.txt")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    check_highlights(tmp_path / "page.pdf", 5)


def check_highlights(path: Path, least: int) -> None:
    """Checks the file, and then every highlight: at least ``least``, each over the words of its finding."""
    from datetime import date

    from claimlint import live
    from claimlint.settings_search import Options

    data = path.read_bytes()
    outcome = live.checker(Options(as_of=date(2026, 11, 24), config=None, isolated=True))(str(path), data)
    assert outcome.checked is not None, outcome.failure
    placed = [one for one in outcome.checked.findings if one.start is not None]
    out = review(Run((outcome.checked,), (), ()), outcome.checked, data)
    made = [(page, note) for page, note in notes(out) if note["/Subtype"] == "/Highlight"]
    assert len(made) == len(placed) >= least
    for finding, (page, note) in zip(placed, made, strict=True):
        assert outcome.checked.document.blocks[finding.place.block].locator == f"page {page + 1}"
        assert same(covered(out, page, note), outcome.checked.document.source[finding.start : finding.end])
    assert read(str(path), out) == outcome.checked.document
