"""HTML as a reader of the page sees it: scopes, joins, what is hidden, and the facts beside the copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimlint.model import Document
from claimlint.readers.html import read, skipped

FIXTURE = Path(__file__).parent / "fixtures" / "clinic.html"


def page(source: str) -> Document:
    return read("page.html", source)


def texts(source: str) -> list[str]:
    return [block.text for block in page(source).blocks]


def test_fixture_in_scopes() -> None:
    """A whole page gives its blocks in order, each with the scope that it has for a reader."""
    document = page(FIXTURE.read_text(encoding="utf-8"))
    assert [(block.scope.value, block.text) for block in document.blocks] == [
        ("title", "Lumora Wellness – knee programme"),
        ("meta", "A calm place for sore knees & tired backs"),
        ("navigation", "Start"),
        ("navigation", "Team"),
        ("heading", "Knees that carry you"),
        ("paragraph", "Our programme relieves pain\u00a0and stiffness, says \ufffc, in weeks."),
        ("paragraph", "What you get:"),
        ("list-item", "A first talk"),
        ("alt", "Two people talking"),
        ("list-item", "Exercises"),
        ("list-item", "at home"),
        ("table-cell", "Course"),
        ("table-cell", "Weeks"),
        ("table-cell", "Gentle"),
        ("table-cell", "Six"),
        ("quotation", "I climb stairs again."),
        ("button", "Book a visit"),
        ("footer", "Results differ from person to person."),
    ]
    assert [link.href for link in document.links] == ["/", "/team", "tel:+440000000"]
    assert [comment.text for comment in document.comments] == [" claimlint: a real comment "]
    assert [part.reason for part in document.unread] == ["image without alternative text"]
    assert dict(document.meta) == {
        "author": "Dr. Ima Madeup",
        "canonical": "https://lumora.example/knees",
        "date": "2025-03-04",
        "description": "A calm place for sore knees & tired backs",
        "lang": "en-GB",
        "title": "Lumora Wellness – knee programme",
    }


def test_relations() -> None:
    """Blocks know the heading above, items what introduces the list, cells their column's header."""
    blocks = page(FIXTURE.read_text(encoding="utf-8")).blocks
    by_text = {block.text: block for block in blocks}

    def lead(text: str) -> str | None:
        number = by_text[text].lead_in
        return None if number is None else blocks[number].text

    assert lead("A first talk") == "What you get:"
    assert lead("Exercises") == "What you get:"
    assert lead("at home") == "Exercises"
    assert lead("Gentle") == "Course"
    assert lead("Six") == "Weeks"
    heading = by_text["Six"].heading
    assert heading is not None
    assert blocks[heading].text == "Knees that carry you"
    assert by_text["Results differ from person to person."].heading is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a<b>b</b>c", ["abc"]),
        ("<p>one<p>two", ["one", "two"]),
        ("one<br>two", ["one two"]),
        ("one<br><br>two", ["one", "two"]),
        ("<div>one <span>two</span></div>three", ["one two", "three"]),
        ("a &lt b &amp; c &copy d &nosuch; e", ["a < b & c © d &nosuch; e"]),
        ("&ampere &notit;", ["&ere ¬it;"]),
        ("3 < 4 and 5 > 4", ["3 < 4 and 5 > 4"]),
        ("<p title='x > y'>z</p>", ["x > y", "z"]),
        ("<noscript>no</noscript><template>no</template><svg><text>no</text></svg>yes", ["yes"]),
        ("<p style='DISPLAY : none'>no</p>yes", ["yes"]),
        ("<span hidden>no <span>no</span> no</span>yes", ["yes"]),
        ("<ul><li hidden>no<ul><li>no</ul><li>yes</ul>", ["yes"]),
        ("<p hidden>no<p>yes", ["yes"]),
        ("<p aria-hidden='true'>still seen</p>", ["still seen"]),
        ("<input type=hidden title=no><input type=submit value='Send now'>", ["Send now"]),
        ("<textarea placeholder='Your story'>x &amp; y</textarea>", ["Your story", "x & y"]),
        ("We<?php if ($a > 1): ?> cure<?php endif ?> <?= $name ?>.", ["We cure \ufffc."]),
        ("<p>{{ content }}</p>", []),
        ("<a href='{{ url }}'>Go</a>", ["Go"]),
        ("<details><summary>More</summary>Text</details>", ["More", "Text"]),
        ("<pre>a\n  b</pre>", ["a b"]),
    ],
)
def test_text(source: str, expected: list[str]) -> None:
    """Markup joins and parts text as a browser does, and hides what a browser hides."""
    assert texts(source) == expected


def test_definition_list() -> None:
    """A term introduces all of its definitions."""
    blocks = page("<dl><dt>Term<dd>One<dd>Two<dt>Next<dd>Three</dl>").blocks
    assert [block.lead_in for block in blocks] == [None, 0, 0, None, 3]


def test_attribute_positions() -> None:
    """An alternative text maps to its place within the tag."""
    source = '<p>Look: <img src="a.jpg" alt="Calm &amp; bright"></p>'
    block = page(source).blocks[1]
    assert block.text == "Calm & bright"
    assert source[block.segments[0][1] : block.segments[-1][2]] == "Calm &amp; bright"


def test_unclosed_comment_and_tag_are_reported() -> None:
    """What an unclosed comment or tag hides from the reader is not silently dropped."""
    assert [part.reason for part in page("a<!-- b c").unread] == [
        "comment that is never closed hides the rest of the page"
    ]
    assert [part.reason for part in page("a <b c").unread] == [
        "tag that is never closed hides the rest of the page"
    ]


@pytest.mark.parametrize(
    "source",
    [
        '<span itemprop="author">Dr. Ima Madeup</span>',
        '<a rel="author" href="/m">Dr. Ima Madeup</a>',
        '<script type="application/ld+json">{"@graph": [{"reviewedBy": {"name": "Dr. Ima Madeup"}}]}</script>',
        '<meta property="article:author" content="Dr. Ima Madeup">',
    ],
)
def test_author(source: str) -> None:
    """An author is found wherever pages name one to machines."""
    assert page(source).meta["author"] == "Dr. Ima Madeup"


def test_panels_that_open_are_copy() -> None:
    """An answer that a click unfolds is read; what is hidden for good is not."""
    source = '<h4>Why?</h4><div class="th-panelcontent" style="display: none"><p>It ends gout.</p></div><p hidden>No copy.</p>'
    assert [block.text for block in read("x.html", source).blocks] == ["Why?", "It ends gout."]


def test_what_is_left_out_is_listed() -> None:
    """Who asks how a page was read is told what was not, and why; hostile pages cost no more than their length."""
    source = "<p>Seen</p><!-- a note --><noscript>Switch it on</noscript><p hidden>Secret</p>"
    source += "<p style='display:none'>Gone</p><script>x</script>"
    told = [source[start:end] for start, end, _ in skipped("a.html", source)]
    assert told == [
        "<!-- a note -->",
        "<noscript>Switch it on",
        "<p hidden>Secret",
        "<p style='display:none'>Gone",
    ]
    assert all(reason for _, _, reason in skipped("a.html", source))
