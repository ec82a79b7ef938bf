"""Captions, advertisement exports and translations: what is read as copy, and where it stands."""

from __future__ import annotations

import base64
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimlint.checking import uncovered
from claimlint.cli import main
from claimlint.model import Scope
from claimlint.readers import read, reader
from claimlint.spans import to_source
from claimlint.triage import directives, housekeeping
from tests.readers.conformance import check_document
from tests.readers.test_conformance import EXAMPLES

FIXTURES = Path(__file__).parent / "fixtures"


def texts(name: str) -> list[str]:
    """The blocks of a fixture."""
    return [block.text for block in read(name, (FIXTURES / name).read_bytes()).blocks]


@pytest.mark.parametrize(
    ("name", "blocks"),
    [
        (
            "talk.vtt",
            ["Welcome to Lumora. Today we talk about sleep & rest.", "Our drops cure multiple sclerosis."],
        ),
        ("talk.srt", ["Our drops cure multiple sclerosis in a week."]),
        (
            "ads.csv",
            [
                "Lumora drops cure migraine",
                'They say "rest" well, and sleep comes easily',
                "Plain words here",
                "Second text for the ad",
            ],
        ),
        ("ads.tsv", ["Lumora drops cure migraine"]),
        (
            "site.po",
            [
                'Our drops "help" you sleep at night & rest',
                "One visit cures migraine",
                "%d visits cure migraine",
            ],
        ),
        ("site.pot", ["Our drops help you sleep"]),
        (
            "letter.eml",
            [
                "Café news from Lumora",
                "Our drops cure café tiredness.",
                "Second paragraph.",
                "Our drops cure migraine & pain—soon.",
                "hello world",
            ],
        ),
        (
            "news.mjml",
            [
                "News from Lumora",
                "Our drops cure migraine.",
                "Dear \ufffc, our drops cure multiple sclerosis.",
                "A vial that cures eczema",
                "Book a visit",
            ],
        ),
        ("site.xliff", ["Our drops cure migraine & pain.", "Noch nicht"]),
    ],
)
def test_what_is_copy(name, blocks):
    """Cells, cues and translations are read; times, tags, ids, addresses and notes to translators are not."""
    assert texts(name) == blocks


@pytest.mark.parametrize("name", ["talk.vtt", "talk.srt", "ads.csv", "site.xliff", "news.mjml"])
def test_words_are_found_where_they_stand(name):
    """A word behind tags, quotes and line ends maps to its own place in the file."""
    document = read(name, (FIXTURES / name).read_bytes())
    block = next(block for block in document.blocks if "cure" in block.text)
    at = block.text.index("cure")
    start, end = to_source(block, at, at + 4)
    assert document.source[start:end] == "cure"


@pytest.mark.parametrize("name", ["talk.vtt", "site.xliff", "news.mjml"])
def test_comments_can_hold_suppressions(name):
    """The comments of the format are comments."""
    found = directives.read(read(name, (FIXTURES / name).read_bytes()))
    assert [(item.form, item.wrong) for item in found] == [("ignore", "")]


def test_a_comment_of_a_catalogue_silences_the_next_text():
    """In gettext a translator's comment may say so."""
    source = '# claimlint: ignore x/y reason="r"\nmsgid "a b"\nmsgstr "Our drops help"\n'
    assert [item.rules for item in directives.read(reader(".po")("x.po", source))] == [("x/y",)]


def test_a_catalogue_of_another_language_is_not_called_checked():
    """The language that the head names decides where the text is too short to tell."""
    source = 'msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "Hello there"\nmsgstr "Guten Tag"\n'
    assert "German" in str(uncovered(reader(".po")("x.po", source)))


def test_headlines_are_headings_of_their_row():
    """A description stands under the headline of its advertisement."""
    document = read("ads.csv", (FIXTURES / "ads.csv").read_bytes())
    assert [block.scope for block in document.blocks] == [Scope.HEADING, Scope.PARAGRAPH] * 2
    assert document.blocks[3].heading == 2


def test_claimlints_own_csv_report_is_no_copy():
    """A report quotes what was found; reading it again would find everything twice."""
    source = "path,line,severity,rule,message,fingerprint\nx.md,1,error,core/x,It cures a lot of things,abc\n"
    assert reader(".csv")("report.csv", source).blocks == ()
    assert housekeeping.unread(reader(".csv")("report.csv", source)) == ()


def test_a_data_set_is_read_in_part_and_says_so():
    """What was not read of a long table is named."""
    source = "text\n" + "Plain words in a row\n" * 50_000
    document = reader(".csv")("data.csv", source)
    (part,) = document.unread
    assert source[part.start - 1] == "\n"
    assert part.end == len(source)
    assert document.blocks[-1].segments[-1][2] <= part.start


def base64_mail(text: bytes, kind: str = "text/plain", charset: str = "utf-8") -> str:
    """A message with one text in base64, in lines as mail programs make them."""
    body = base64.encodebytes(text).decode().replace("\n", "\r\n")
    return f"Subject: News\r\nContent-Type: {kind}; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("text/plain", "Hello café.\n\n" + "Plain words go on. " * 20 + "\n\nOur drops cure arthritis."),
        (
            "text/html",
            "<p>Hello café.</p><p>"
            + "Plain <b>words</b> go on. " * 20
            + "</p><p>Our drops cure arthritis.</p>",
        ),
    ],
)
def test_a_text_in_base64_is_read_and_placed(kind, text):
    """Each paragraph maps to the characters that encode it, and says in which line of the decoded text it stands."""
    source = base64_mail(text.encode(), kind)
    document = reader(".eml")("x.eml", source)
    check_document(document)
    assert document.source == source
    assert [block.text for block in document.blocks][0::3] == ["News", "Our drops cure arthritis."]
    block = document.blocks[-1]
    line = 1 if kind == "text/html" else 5
    assert block.locator == f"base64 text 1, line {line}"
    start, end = to_source(block, 4, 9)
    assert "Our drops cure arthritis." in base64.b64decode(re.sub(r"\\s", "", source[start:end])).decode()
    assert end - start < 60
    assert document.unread == ()


@pytest.mark.parametrize(
    "source",
    [
        base64_mail(b"x").replace("\r\n\r\n", "\r\n\r\n!!"),
        base64_mail(b"caf\xe9 words"),
        base64_mail(b"words", charset="nowhere-8"),
        base64_mail("words".encode("utf-16"), charset="utf-16"),
    ],
)
def test_a_text_in_base64_that_cannot_be_decoded_is_not_called_read(source):
    """What is no base64, or in no encoding that is known, is named."""
    (part,) = reader(".eml")("x.eml", source).unread
    assert "base64" in part.reason


def test_findings_in_base64_are_shown_with_their_line(tmp_path, monkeypatch, capsys):
    """The report names the line of the decoded text, and no rewrite is offered for what stands encoded."""
    monkeypatch.chdir(tmp_path)
    text = base64_mail(
        b"Welcome to Lumora and to our letter.\n\nOur drops are proven to cure multiple sclerosis.\n"
    )
    Path("letter.eml").write_bytes(text.encode())
    assert main(["check", "--as-of", "2026-11-24", "letter.eml"]) == 1
    assert "at: base64 text 1, line 3" in capsys.readouterr().out
    main(["check", "--fix", "--unsafe", "letter.eml"])
    assert Path("letter.eml").read_bytes() == text.encode()


@pytest.mark.parametrize("word", ["cure", "café"])
def test_words_through_quoted_printable_map_to_all_their_characters(word):
    """A word that a soft line break or an escape cuts maps from its first character to its last."""
    document = read("letter.eml", (FIXTURES / "letter.eml").read_bytes())
    block = document.blocks[1]
    at = block.text.index(word)
    start, end = to_source(block, at, at + len(word))
    assert document.source[start:end] in ("cu=\nre", "caf=C3=A9")


PIECES = st.sampled_from(
    [
        "WEBVTT\n", "\n\n", "\n", "\r\n", "\r", "00:01.000 --> 00:02.000\n", "00:00:01,000 --> 00:00:02,000\r\n", "NOTE ", "<v A>",
        "</i>", "<", "{\\an8}", "words here ", "naïve 😀. ", "&amp;", "&", '"', '""', ",", ";", "\t", "headline,url\n", "# note\n",
        "#~ ", "msgid ", "msgstr ", "msgstr[1] ", "msgctxt ", '"two words"', '"a \\"b\\" \\n c"', "\\", '""\n', "<source>", "</source>",
        "<target>", "</target>", "<target/>", "<trans-unit>", "</trans-unit>", "<!-- c -->", "<!--", "-->", "<g id='1'>", "]]>",
        "<![CDATA[", "<?xml ?>",
        "Subject: ", "Content-Type: multipart/x; boundary=b\n\n", "--b\n", "--b--\n", "=?utf-8?B?aGk=?=",
        "=\n", "=C3=A9", "=20", "=3D",
        "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n",
        "Content-Transfer-Encoding: base64\n\n",
        "<mj-text>", "</mj-text>", "<mj-button href='x'>", "<mj-attributes>", "<mj-image alt='two words' />", "{{ x }}",
        "Content-Transfer-Encoding: base64\n\nT3VyIGRyb3BzIGhlbHAu\nCgpNb3JlIGhlcmUu\n", "VHdvIHdvcmRz", "YQ==",
        "<p>", "</p>", "\ufeff", "\u2028", "  ",
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    "suffix", [".vtt", ".srt", ".csv", ".tsv", ".po", ".pot", ".xliff", ".xlf", ".eml", ".mjml"]
)
def test_made_up_files_conform(suffix):
    """Whatever pieces of these formats stand together, every promise of readers holds."""
    read_source = reader(suffix)

    @settings(max_examples=EXAMPLES, deadline=None)
    @given(st.lists(PIECES, max_size=30).map("".join))
    def check(source: str) -> None:
        check_document(read_source("x" + suffix, source))

    check()


HOSTILE = [
    '"', '""', ",", "<", "<!--", "<!-- -", "<a ", "{\\", "00:", "\n\n", "-->", "msgid ", 'msgid "', '"\\', "#", "<source>", "&", "&#",
    "NOTE\n", "00:01.000 --> 00:02.000\n", "a b,", "<source>a b", "\\\"", "=", "=\n", "=C3",
    "Subject: =?a?Q?", "Content-Type: x; boundary=b\n\n--b\n", " x\n",
]  # fmt: skip


@pytest.mark.parametrize("suffix", [".vtt", ".csv", ".po", ".xliff", ".eml", ".mjml"])
@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_files_are_read_in_linear_time(suffix, piece):
    """200 KB of any one piece are read in well under two seconds of processor time."""
    source = piece * (200_000 // len(piece))
    began = time.process_time()
    reader(suffix)("x" + suffix, source)
    assert time.process_time() - began < 2


def test_the_charset_of_a_mail_counts() -> None:
    """Where its bytes are no UTF-8, what its header says they are."""
    head = b"Subject: Hi\nContent-Type: text/html;\n charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n"
    made = read("mail.eml", head + "<p>Our caf\xe9 drops help.</p>\n".encode("latin-1"))
    assert made.blocks[-1].text == "Our caf\xe9 drops help."
    check_document(made)
