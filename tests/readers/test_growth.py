"""Hostile input costs time in proportion to its length: eight times the input, far less than sixty-four times the time."""

from __future__ import annotations

import pytest

from claimlint.readers import reader
from tests.readers.growth import seconds

SMALL = 4_000
FACTOR = 8
GENEROUS = 28

CASES = [
    *((".html", piece) for piece in (
        "<a ", '<a ="', "<a <a='", "<!--", "<", "<?", "<%", "{{", "{{ a ", "{%", "{#", "<div>", "<ul><li>", "<table><tr><td>",
        "<p hidden>", "<li hidden><ul>", "<script>", "<svg>", "&", "&a", "\0", "<ul><li><ol><div><li></li>",
        "<dl><dt><dd>", "<a class=btn>",
    )),
    *((".md", piece) for piece in (
        "`", "``` ", "```\n", "*", "**a ", "*a_", "a**b", "[", "[a](", '[a](b "', "![", "<", "<a ", "<a\n", "<!--", "<!--\n",
        "> ", "- ", " - a\n", "|a|\n|-|\n", "\\\n", "[a]: b\n", "<div>\n\n", "*a **b ", "`a``b",
    )),
    *((".mdx", piece) for piece in ("{", "{/*", "/*", "`{", "<A\n", "export a\n\n", "{a}")),
    *((".txt", piece) for piece in ("\n", "a\n", "• a\n", "1. a\n", "a\r", "A b c\n\n")),
]  # fmt: skip


@pytest.mark.parametrize(("suffix", "piece"), CASES)
def test_growth(suffix: str, piece: str) -> None:
    """Time at 8x over time at 1x stays far below the 64 of quadratic work."""
    count = SMALL // len(piece)
    small = seconds(suffix, piece * count)
    assert seconds(suffix, piece * (count * FACTOR)) / small <= GENEROUS


@pytest.mark.parametrize(
    "piece", ["a: b\n", 'title: "', "a: |\n", " a:\n", "title: 'b\n", "title:\n  b\n", "- "]
)
def test_growth_of_front_matter(piece: str) -> None:
    """The same holds for front matter."""
    count = SMALL // len(piece)
    small = seconds(".md", f"---\n{piece * count}\n---\n")
    assert seconds(".md", f"---\n{piece * count * FACTOR}\n---\n") / small <= GENEROUS


def test_deep_nesting() -> None:
    """A hundred thousand nested elements neither overflow nor lose the text in their midst."""
    (block,) = reader(".html")("x.html", "<div>" * 100_000 + "deep" + "</div>" * 100_000).blocks
    assert block.text == "deep"
