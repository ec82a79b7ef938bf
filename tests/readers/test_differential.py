"""Our readers see the text that established parsers see: html5lib for HTML, markdown-it-py for Markdown."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Any

import pytest

from claimlint.readers import reader

html5lib = pytest.importorskip("html5lib")
markdown_it = pytest.importorskip("markdown_it")

FIXTURES = Path(__file__).parent / "fixtures"
UNSEEN = {"script", "style", "template", "noscript", "svg", "title"}
ASIDE = {"alt", "meta", "title"}
MARKDOWN = [
    "cures ", "pain, ", "*a*", "**b**", "_c_", "*", "**", "_", "`code`", "`", "[link](/u)", "[l](</u v> \"t\")", "[", "]",
    "![i](x)", "\\*", "&amp;", "&copy;", "\n", "\n\n", "\n- ", "\n  - ", "\n1. ", "\n> ", "\n# ", "\n---\n", "\n```\n",
    "\n    ", "\n| a | b |\n|---|---|\n| c | d |\n", "  \n", "<b>x</b>", "<https://e.example>", "é", "“q”", "a_b_c", "!",
]  # fmt: skip
MARKUP = [
    "cures ", "pain ", "word", "<p>", "</p>", "<b>", "</b>", "<i class='x'>", "</i>", "<div>", "</div>", "<ul>", "<li>",
    "</ul>", "<h1>", "</h2>", "<a href='/x'>", "</a>", "<!-- c -->", "<!--", "-->", "<br>", "<script>x</script>", "&amp;",
    "&lt", "&ampx", "&nbsp;", "&#65;", "&bogus;", "&", "< ", "<3", "\n", "<x-y>", "<p class='a>b'>", "</>", "<!x>", "<hr>",
    "<dl><dt>", "<dd>", "</dl>", "<blockquote>", "<span>", "</span>", "<em/>",
]  # fmt: skip


def squeezed(text: str) -> str:
    """Letters without white space, sorted where order is a matter of the tree."""
    return re.sub(r"\s+", "", text)


def ours(suffix: str, source: str) -> str:
    document = reader(suffix)("x" + suffix, source)
    return squeezed("".join(block.text for block in document.blocks if block.scope.value not in ASIDE))


def tree_text(markup: str) -> str:
    parts: list[str] = []

    def walk(element: Any) -> None:
        seen = isinstance(element.tag, str) and element.tag not in UNSEEN and "hidden" not in element.attrib
        if seen:
            parts.append(element.text or "")
            for child in element:
                walk(child)
        parts.append(element.tail or "")

    walk(html5lib.parse(markup, namespaceHTMLElements=False))
    return squeezed("".join(parts))


def rendered(source: str) -> str:
    return str(markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(source))


def test_html_fixture() -> None:
    """The fixture page has the text of html5lib's tree."""
    source = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", (FIXTURES / "clinic.html").read_text(encoding="utf-8"))
    assert ours(".html", source) == tree_text(source)


def test_markdown_fixture() -> None:
    """The fixture article has the text of markdown-it's rendering, front matter and task boxes aside."""
    source = (FIXTURES / "article.md").read_text(encoding="utf-8").split("---\n", 2)[2].replace("[x] ", "")
    assert ours(".md", source) == tree_text(rendered(source))


def test_made_up_markdown_agrees() -> None:
    """On random rows of Markdown constructs at most one in fifty differs."""
    chance = Random(7)
    sources = ["".join(chance.choices(MARKDOWN, k=chance.choice((4, 8, 12)))) for _ in range(300)]
    differing = [source for source in sources if ours(".md", source) != tree_text(rendered(source))]
    assert len(differing) <= 6, differing[:5]


def test_made_up_html_agrees() -> None:
    """On random rows of tags at most one in a hundred differs from html5lib (letters compared, not order)."""
    chance = Random(11)
    sources = [
        "<!doctype html><body>" + "".join(chance.choices(MARKUP, k=chance.choice((4, 8, 12))))
        for _ in range(300)
    ]
    differing = [source for source in sources if sorted(ours(".html", source)) != sorted(tree_text(source))]
    assert len(differing) <= 3, differing[:5]
