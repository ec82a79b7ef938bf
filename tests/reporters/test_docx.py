"""The Word report: comments on the words, and not a letter of the text changed."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from claimlint.cli import main
from claimlint.model import Checked, Place, Run, Signals
from claimlint.readers import read
from tests.readers.word import docx, p, r
from tests.reporters import runs

word = pytest.importorskip("docx")
from claimlint.reporters.docx import review  # noqa: E402

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = (
    p(
        "Our ",
        r("drip is pro", "<w:b/>"),
        r("ven to cu"),
        "<w:r><w:t>re</w:t><w:tab/><w:t>eczema now.</w:t></w:r>",
    )
    + p(
        "It ",
        "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>",
        f"<w:ins>{r('surely proven')}</w:ins>",
    )
    + p(f'<w:hyperlink r:id="k">{r("Proven by all")}</w:hyperlink>', ".")
)
LINKS = {"k": "https://example.org/"}


def reviewed(data: bytes, *quotes: str) -> tuple[Run, bytes]:
    """The document with a finding for each of ``quotes``, reviewed."""
    document = read("copy.docx", data)
    found = []
    for quote in quotes:
        number = next(n for n, block in enumerate(document.blocks) if quote in block.text)
        at = document.blocks[number].text.index(quote)
        base = runs.finding(runs.document("copy.docx", *[(b.scope, b.text) for b in document.blocks]), quote)
        found.append(
            base.__class__(
                **{name: getattr(base, name) for name in base.__slots__}
                | {"place": Place(number, at, at + len(quote))}
            )
        )
    checked = Checked(document, Signals(), tuple(found))
    run = Run((checked,), (), runs.RULES)
    return run, review(run, checked, data)


def commented(data: bytes) -> dict[str, str]:
    """The words that each comment covers -> what it says."""
    made = word.Document(io.BytesIO(data))
    texts = {str(comment.comment_id): comment.text for comment in made.comments}
    covered: dict[str, str] = {}
    opened: dict[str, list[str]] = {}
    for node in made.element.body.iter():
        number = node.get(f"{W}id")
        if node.tag == f"{W}commentRangeStart":
            opened[number] = []
        elif node.tag == f"{W}commentRangeEnd":
            covered["".join(opened.pop(number))] = texts[number]
        elif node.tag in (f"{W}t", f"{W}tab"):
            for words in opened.values():
                words.append(node.text if node.tag == f"{W}t" else " ")
    assert opened == {}
    return covered


def test_comments_cover_exactly_the_words():
    """Across runs, tabs, tracked changes and links; overlapping findings each have a comment of their own."""
    quotes = ("proven to cure", "cure eczema", "surely proven", "by all", "is proven")
    _, out = reviewed(docx(BODY, LINKS), *quotes)
    assert set(commented(out)) == set(quotes)


def test_the_text_stays():
    """Read again, the reviewed document is the same document; formatting, deletions and links are all there."""
    data = docx(BODY, LINKS)
    run, out = reviewed(data, "proven to cure", "cure eczema", "surely proven", "by all")
    again = read("copy.docx", out)
    assert again == run.checked[0].document
    body = zipfile.ZipFile(io.BytesIO(out)).read("word/document.xml").decode()
    assert body.count("<w:b/>") == 2  # the bold run, cut in two
    for kept in ("delText", "<w:ins>", "w:hyperlink", "<w:tab/>"):
        assert kept in body


def test_what_a_comment_says():
    """What is wrong, why, what decided, the evidence, what to do and the rule; signed by claimlint, with no clock."""
    source = runs.mixed().checked[0].findings[1]
    data = docx(p("It is proven to cure."))
    document = read("copy.docx", data)
    found = source.__class__(
        **{name: getattr(source, name) for name in source.__slots__} | {"place": Place(0, 6, 20)}
    )
    run = Run((Checked(document, Signals(), (found,)),), (), runs.RULES)
    out = review(run, run.checked[0], data)
    (said,) = commented(out).values()
    for words in ("Error: “proven to cure” claims proof", "Proof is a word for", "booster “proven”", "vitamin-drip-eczema",
                  "To do: is being studied for", "Replacement: studied", "Rule core/overclaim/proof-verb"):  # fmt: skip
        assert words in said
    (comment,) = word.Document(io.BytesIO(out)).comments
    assert comment.author == "claimlint"
    assert comment.timestamp is None
    assert review(run, run.checked[0], data) == out


def test_findings_without_words_in_the_text():
    """One about the whole document, or in a footer, stands at the start of the text and says where it belongs."""
    data = docx(p("Welcome to Lumora."), footer1=p("It is proven."))
    document = read("copy.docx", data)
    base = runs.finding(runs.document("x", *[(b.scope, b.text) for b in document.blocks]), "proven")
    whole = runs.mixed().checked[0].findings[-1]
    run = Run((Checked(document, Signals(), (base, whole)),), (), runs.RULES)
    made = word.Document(io.BytesIO(review(run, run.checked[0], data)))
    said = sorted(comment.text for comment in made.comments)
    assert len(said) == 2
    assert any(text.startswith("In the footer: “proven”") for text in said)
    assert [paragraph.text for paragraph in made.paragraphs] == ["Welcome to Lumora."]


def test_on_the_command_line(tmp_path: Path, monkeypatch, capsys):
    """A reviewed copy is written, the status is that of any check, and the original stays as it was."""
    monkeypatch.chdir(tmp_path)
    data = docx(p("Welcome.") + p("Our drops are proven to cure multiple sclerosis."))
    Path("copy.docx").write_bytes(data)
    assert main(["check", "--as-of", "2026-11-24", "copy.docx", "--format", "docx", "-o", "out.docx"]) == 1
    assert Path("copy.docx").read_bytes() == data
    assert "cure multiple sclerosis" in "\n".join(commented(Path("out.docx").read_bytes()))
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["copy.docx"], "needs --output FILE"),
        (["copy.docx", "-o", "copy.docx"], "never writes over the document"),
        (["page.txt", "-o", "out.docx"], "takes one Word document"),
        (["copy.docx", "page.txt", "-o", "out.docx"], "takes one Word document"),
    ],
)
def test_conditions(tmp_path: Path, monkeypatch, capsys, arguments, said):
    """What can't become a reviewed document is refused before anything is checked or written."""
    monkeypatch.chdir(tmp_path)
    Path("copy.docx").write_bytes(docx(p("Welcome.")))
    Path("page.txt").write_text("Welcome.", encoding="utf-8")
    assert main(["check", "--format", "docx", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not Path("out.docx").exists()


def test_a_document_that_cannot_be_read_is_not_written(tmp_path: Path, monkeypatch, capsys):
    """Where nothing could be checked there is no reviewed copy, and the status says so."""
    monkeypatch.chdir(tmp_path)
    Path("copy.docx").write_bytes(b"no zip")
    assert main(["check", "copy.docx", "--format", "docx", "-o", "out.docx"]) == 2
    assert "no Word document" in capsys.readouterr().err
    assert not Path("out.docx").exists()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("hand_made", [False, True])
def test_comments_survive_libreoffice(tmp_path: Path, hand_made):
    """Opened and saved by LibreOffice, the document keeps its text and each comment, by whom and on which words."""
    if hand_made:
        data, quotes = docx(BODY, LINKS), ("proven to cure", "cure eczema", "surely proven", "by all")
    else:
        made = word.Document()
        for text in ("Our drip is proven to cure eczema.", "It is surely proven."):
            made.add_paragraph(text)
        plain = io.BytesIO()
        made.save(plain)
        data, quotes = plain.getvalue(), ("proven to cure", "surely proven")
    run, out = reviewed(data, *quotes)
    (tmp_path / "in.docx").write_bytes(out)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "docx",
         "--outdir", str(tmp_path / "saved"), str(tmp_path / "in.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    saved = (tmp_path / "saved" / "in.docx").read_bytes()
    assert commented(saved) == commented(out)
    assert set(commented(saved)) == set(quotes)
    assert {comment.author for comment in word.Document(io.BytesIO(saved)).comments} == {"claimlint"}
    before, after = ([block.text for block in read("copy.docx", each).blocks] for each in (out, saved))
    assert after == before == [block.text for block in run.checked[0].document.blocks]
