"""Every reader keeps the promises of ``conformance``, on fixtures and on documents that hypothesis makes up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimlint.readers import SUFFIXES, read, reader
from claimlint.spans import to_source
from tests.readers.conformance import check_document

EXAMPLES = int(os.environ.get("CLAIMLINT_EXAMPLES", "60"))
"""For each format; set to 500 for the figure that docs/measured.md states."""
FIXTURES = sorted(path for path in (Path(__file__).parent / "fixtures").rglob("*") if path.is_file())

WORDS = ["cures ", "naïve ", "e\u0301lan ", "😀 ", "MS", "pain. ", "\u200bzero", "\u00a0", "two words "]
SPACE = [" ", "  ", "\t", "\n", "\r\n", "\r", "\n\n", "\ufeff", "\u2028", "\x0b", "\x85"]
ENTITIES = ["&amp;", "&nbsp;", "&lt", "&#8217;", "&#x1F600;", "&ampere", "&bogus;", "&"]
TEMPLATES = [
    "{{ x }}",
    "{% if x %}",
    "{# note #}",
    "<?php echo 1 ?>",
    "<%= x %>",
    "{!! x !!}",
    "{{",
    "}}",
    "\ufdd0",
]
TAGS = [
    "<p>", "</p>", "<b>", "</b>", "<i class='x'>", "</i>", "<div>", "</div>", "<ul><li>", "</li></ul>", "<h2>", "</h2>",
    "<a href='/x?a&b'>", "</a>", "<a class=btn>", "<!-- c -->", "<!--", "-->", "<br>", "<br><br>", "<script>x</script>",
    "<title>t</title>", "<p hidden>", "<table><tr><th>", "<td>", "</table>", "<img alt='a &amp; b'>", "<img>", "<nav>",
    "</nav>", "<svg>", "</svg>", "<dl><dt>", "<dd>", "<x-y title='t'>", "<", "<a", "=\"", "'", ">",
]  # fmt: skip
MARKS = [
    "*", "**", "_", "__", "~~", "`", "``", "[", "]", "(/u)", "![", "\\", "\\*", "\n# ", "\n- ", "\n  - ", "\n1. ", "\n> ",
    "\n```\n", "\n---\n", "\n===\n", "\n| a | b |\n|---|---|\n", "| c | d |", "\n\n[r]: /u\n\n", "[r]", "\n    ",
    "<https://e.example>", "{/* c */}", "{x}", "{\"y\"}", "\nimport x\n", "\n• ", "\n[^1]: ", "{.btn}",
]  # fmt: skip
FRONT = [
    "---\n",
    "+++\n",
    "title: ",
    "title = ",
    "text: |\n  ",
    "- ",
    '"q\\"r"',
    "'s''t'",
    "faq:\n  - question: ",
    "# ",
]

PIECES = st.sampled_from([*WORDS, *SPACE, *ENTITIES, *TEMPLATES, *TAGS, *MARKS, *FRONT])
SOURCES = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)
FRONTED = st.lists(st.sampled_from([*FRONT, *WORDS, *SPACE]), max_size=20).map("".join)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_fixture(path: Path) -> None:
    """Every fixture is read into a conforming document that has blocks."""
    document = read(path.name, path.read_bytes())
    assert document.blocks
    check_document(document)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_every_suffix_has_a_fixture_or_shares_a_module_with_one(suffix: str) -> None:
    """A format without a fixture is not finished."""
    modules = {
        module for ending, module in SUFFIXES.items() if any(p.name.endswith(ending) for p in FIXTURES)
    }
    assert SUFFIXES[suffix] in modules


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_made_up_documents(suffix: str) -> None:
    """Whatever stands in a file, its blocks conform, and reading it twice gives the same."""
    read_source = reader(suffix)

    @settings(max_examples=EXAMPLES, deadline=None)
    @given(SOURCES)
    def check(source: str) -> None:
        document = read_source("made-up" + suffix, source)
        assert document.source == source
        check_document(document)
        assert document == read_source("made-up" + suffix, source)

    check()


@settings(max_examples=150, deadline=None)
@given(FRONTED, st.sampled_from(["---", "+++"]))
def test_made_up_front_matter(inner: str, fence: str) -> None:
    """Front matter conforms too, whatever is wrong with it."""
    check_document(reader(".md")("made-up.md", f"{fence}\n{inner}\n{fence}\ntext"))


@pytest.mark.parametrize(
    ("suffix", "source"),
    [
        (".html", "\ufeff<p>We <b>cu</b>re it.</p>"),
        (".md", "\ufeffWe **cu**re it."),
        (".mdx", "We {/* c */}*cu*re it."),
        (".html", "<p>We cu<!-- c -->re it.</p>"),
        (".html", "<p>We&#32;cu&#x200b;re it.</p>"),
    ],
)
def test_quote_in_mid_word_markup(suffix: str, source: str) -> None:
    """A word that markup cuts maps from its first character to its last."""
    (block,) = reader(suffix)("x" + suffix, source).blocks
    at = block.text.index("cu")
    start, end = to_source(block, at, block.text.index("re") + 2)
    assert source[start : start + 2] == "cu"
    assert source[end - 2 : end] == "re"
