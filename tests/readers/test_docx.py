"""Word documents as their reader sees them, and nothing of what their reader doesn't see."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimlint.cli import main
from claimlint.errors import ReadError
from claimlint.model import Document, Scope
from claimlint.readers import known, office, read
from claimlint.spans import to_source
from tests.readers.conformance import check_document
from tests.readers.test_conformance import EXAMPLES
from tests.readers.word import docx, p, packed, r

STYLES = (
    '<w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="Mine"><w:name w:val="Our head"/><w:basedOn w:val="H2"/></w:style>'
    '<w:style w:styleId="Ring"><w:basedOn w:val="Ring2"/></w:style><w:style w:styleId="Ring2"><w:basedOn w:val="Ring"/></w:style>'
    '<w:style w:styleId="L"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="Q"><w:name w:val="Quote"/></w:style>'
    '<w:style w:styleId="C"><w:name w:val="caption"/></w:style>'
)


def document(body: str, **parts: str) -> Document:
    """The document, whose promises are checked on the way."""
    made = read("copy.docx", docx(body, **{"styles": STYLES, **parts}))
    check_document(made)
    return made


def texts(body: str, **parts: str) -> list[str]:
    """The texts of the blocks."""
    return [block.text for block in document(body, **parts).blocks]


def test_scopes_headings_and_lead_ins():
    """Styles, also those that rest on others, say what a paragraph is; a list knows what introduces it."""
    made = document(
        p("Lumora", style="T") + p("Why", style="Mine") + p("It helps:") + p("Knees", style="L") + p("Backs", style="L")
        + p("They said so", style="Q") + p("Figure 1", style="C") + p("Round", style="Ring")
        + p("Own", extra='<w:outlineLvl w:val="2"/>') + p("None", style="L", extra='<w:numPr><w:numId w:val="0"/></w:numPr>')
        + f"<w:tbl><w:tr><w:tc>{p('Cell')}</w:tc></w:tr></w:tbl>"
    )  # fmt: skip
    assert [(block.text, block.scope.value, block.level, block.locator) for block in made.blocks] == [
        ("Lumora", "heading", 1, "paragraph 1"),
        ("Why", "heading", 2, "paragraph 2"),
        ("It helps:", "paragraph", 0, "paragraph 3"),
        ("Knees", "list-item", 0, "paragraph 4"),
        ("Backs", "list-item", 0, "paragraph 5"),
        ("They said so", "quotation", 0, "paragraph 6"),
        ("Figure 1", "caption", 0, "paragraph 7"),
        ("Round", "paragraph", 0, "paragraph 8"),
        ("Own", "heading", 3, "paragraph 9"),
        ("None", "paragraph", 0, "paragraph 10"),
        ("Cell", "table-cell", 0, "paragraph 11"),
    ]
    assert [block.lead_in for block in made.blocks[3:5]] == [2, 2]
    assert made.blocks[4].heading == 1


def test_source_is_the_text():
    """Offsets count in the extracted text, one paragraph a line, empty paragraphs left out but counted."""
    made = document(p("One  two") + p() + p("  Three", "<w:r><w:tab/></w:r>", "four "))
    assert made.source == "One two\nThree four"
    assert [block.locator for block in made.blocks] == ["paragraph 1", "paragraph 3"]
    block = made.blocks[1]
    start, end = to_source(block, 6, 10)
    assert made.source[start:end] == "four"


def test_what_is_deleted_or_hidden_is_no_copy():
    """Tracked deletions, moves away, hidden text, field codes and comments are left out; insertions are copy."""
    body = p(
        "It ",
        f"<w:del>{r('never ')}<w:r><w:delText>not </w:delText></w:r></w:del>",
        f"<w:ins>{r('surely ')}</w:ins>",
        f"<w:moveFrom>{r('slowly ')}</w:moveFrom>",
        f"<w:moveTo>{r('fast ')}</w:moveTo>",
        r("secretly ", "<w:vanish/>"),
        r("plainly ", '<w:vanish w:val="0"/>'),
        "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>",
        f"<w:fldSimple w:instr='DATE'>{r('today ')}</w:fldSimple>",
        "<w:r><w:noBreakHyphen/><w:br/></w:r>",
        "works.",
        extra="<w:pPrChange><w:pPr><w:pStyle w:val='T'/></w:pPr></w:pPrChange>",
    )
    made = document(body)
    assert [block.text for block in made.blocks] == ["It surely fast plainly today - works."]
    assert made.blocks[0].scope is Scope.PARAGRAPH


def test_text_boxes_pictures_and_content_controls():
    """A text box is read once, after the paragraph that holds it; a picture's description is copy."""
    box = "<w:txbxContent>" + p("In the box") + "</w:txbxContent>"
    drawing = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
        f"<wp:docPr id='1' name='x' descr='A smiling  guest'/><wps:txbx>{box}</wps:txbx></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    made = document(
        p("Around", drawing, " it") + f"<w:sdt><w:sdtContent>{p('Controlled')}</w:sdtContent></w:sdt>"
    )
    assert [(block.text, block.scope.value, block.locator) for block in made.blocks] == [
        ("Around it", "paragraph", "paragraph 1"),
        ("A smiling guest", "alt", "paragraph 1"),
        ("In the box", "paragraph", "paragraph 2"),
        ("Controlled", "paragraph", "paragraph 3"),
    ]


def test_headers_footers_and_notes():
    """They are read after the text, separators left out, and a header that returns is read once."""
    made = document(
        p("Text"),
        footnotes="<w:footnote w:type='separator' w:id='-1'>" + p("----") + "</w:footnote>"
        "<w:footnote w:id='2'>" + p("A note") + "</w:footnote>",
        endnotes="<w:endnote w:id='1'>" + p("At the end") + "</w:endnote>",
        header1=p("Lumora"),
        header2=p("Lumora") + p("Second"),
        footer1=p("Results vary"),
    )
    assert [(block.text, block.scope.value, block.locator) for block in made.blocks] == [
        ("Text", "paragraph", "paragraph 1"),
        ("A note", "paragraph", "footnote 2"),
        ("At the end", "paragraph", "endnote 1"),
        ("Lumora", "paragraph", "header"),
        ("Second", "paragraph", "header"),
        ("Results vary", "footer", "footer"),
    ]


def test_links():
    """A link's words are copy, and its address is known with their place."""
    made = read(
        "a.docx",
        docx(
            p("See ", f'<w:hyperlink r:id="k">{r("the  trial")}</w:hyperlink>', " now"),
            {"k": "https://example.org/t"},
        ),
    )
    (link,) = made.links
    assert link.href == "https://example.org/t"
    assert made.source[link.start : link.end] == "the trial"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0rest", "password or in Word's old format"),
        (b"not a zip", "no Word document"),
        (packed({"x": "y"}), "no text part"),
        (packed({"word/document.xml": "<open>"}), "is no XML"),
        (
            packed({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
            "declares a document type",
        ),
        (packed({f"{n}": "" for n in range(office.MOST_FILES + 1)}), "more than 5,000 parts"),
        (packed({"word/document.xml": b"<w>" + b" " * (office.LARGEST_PART + 1)}), "unpacks to more than"),
        (packed({"word/document.xml": "<a/>"})[:40], "no Word document"),
    ],
    ids=lambda value: "data" if isinstance(value, bytes) else None,  # archives hold the time of day
)
def test_what_cannot_be_read_is_said(data, said):
    """Bombs, damage and protection end in one message that names the file and the way out."""
    with pytest.raises(ReadError) as caught:
        read("copy.docx", data)
    assert said in str(caught.value)
    assert str(caught.value).startswith("copy.docx: the file ")


def test_a_damaged_part_is_said():
    """Bytes that can't be unpacked are damage, not a defect of claimlint."""
    data = bytearray(docx(p("Some words that are long enough to be packed.") * 50))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        info = archive.getinfo("word/document.xml")
    at = info.header_offset + 60
    data[at : at + 40] = b"\xff" * 40
    with pytest.raises(ReadError, match="damaged"):
        read("copy.docx", bytes(data))


def test_deep_nesting_ends():
    """A hundred thousand nested elements neither crash nor count as text."""
    deep = "<w:r>" * 100_000 + "<w:t>deep</w:t>" + "</w:r>" * 100_000
    assert texts(f"<w:p>{deep}</w:p>" + p("Shallow")) == ["Shallow"]


def test_lock_files_are_no_documents():
    """What Word leaves beside an open document is passed over in a folder."""
    assert known("site/copy.docx")
    assert not known("site/~$copy.docx")


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["cure", " ", "\t", "é😀", "<w:r><w:br/></w:r>", "<w:p/>", "\u00a0", "x  y"]),
            max_size=5,
        ),
        max_size=6,
    )
)
def test_made_up_documents(paragraphs):
    """Whatever runs a paragraph has, its blocks keep the promises of every reader."""
    made = document("".join(p(*(part.replace("\t", "&#9;") for part in parts)) for parts in paragraphs))
    assert made == document(
        "".join(p(*(part.replace("\t", "&#9;") for part in parts)) for parts in paragraphs)
    )


def test_check_names_the_paragraph(tmp_path: Path, monkeypatch, capsys):
    """A finding in a Word document says in which paragraph it stands."""
    monkeypatch.chdir(tmp_path)
    Path("copy.docx").write_bytes(docx(p("Welcome.") + p("Our drops are proven to cure multiple sclerosis.")))
    assert main(["check", "--as-of", "2026-11-24", "copy.docx"]) == 1
    out = capsys.readouterr().out
    assert "at: paragraph 2" in out
    assert main(["check", "--explain-reading", "copy.docx"]) == 0
    assert "read as docx, 2 blocks of copy" in capsys.readouterr().out
