"""How reading time grows with hostile input: 1x, 2x, 4x and 8x of each case, and the worst ratio of a doubling.

Run: python bench/readers_growth.py [size in characters at 1x, default 50000]
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise

from claimlint.readers import reader

CASES: dict[str, tuple[str, ...]] = {
    ".html": (
        "<a ", '<a ="', "<a <a='", "<!--", "<!-- x --", "<", "</", "<!", "<?", "<%", "{{", "{{ a ", "{%", "{#",
        "<div>", "<b>", "<ul><li>", "<table><tr><td>", "<h1><div>", "<p hidden>", "<li hidden><ul>", "</div>",
        "<div></p>", "<a class=btn>", "<script>", "<title>", "<svg>", "&", "&a", "&#1", "&amp", "\0", " ", "\n", "\t<b>",
        "<blockquote><li><div>", "<dl><dt><dd>", "<br>", "<img alt='", "<select><option>", "<x-y title=a>",
        "<ul><li><ol><div><li></li>", "\ufdd0", "<time datetime=1>", "<a rel=author>",
    ),
    ".md": (
        "`", "``` ", "```\n", "~~~\n", "*", "**a ", "*a_", "_a*", "a**b", "~~a", "[", "[a](", "[a](b \"", "[a][", "![", "]",
        "[a", "<", "<a ", "<a\n", "<!--", "<!--\n", "> ", ">\n", "- ", "- a\n", " - a\n", "1. a\n", "# ", "|a|\n|-|\n", "|",
        "a|b\n-|-\n", "\\", "\\\n", "&a", "[a]: b\n", "[^a]: b\n", "[^a]", "<div>\n", "<div>\n\n", "---\n", "- - ",
        "`a``b", "http://a", "{: ", "{{ a\n", "* a\n\n", "*a **b ", "[[a]", "(", "a\n=\n", "<script>\n", "\t",
    ),
    ".mdx": ("{", "}", "{a}", "{/*", "{`", "`{", "<A ", "<A\n", "<A>\n", "import a\n", "export a\n\n", "```\n{", "`` {", "{'"),
    ".txt": (" ", "\n", "a\n", "a \n\n", "• a\n", "- ", "1. a\n", "\r", "a\r", "http://", "A b c\n\n", "   a\n", "a-b\n\n", "\t"),
}  # fmt: skip
FRONT = (
    "a: b\n",
    "- ",
    'title: "',
    "a: |\n",
    " a:\n",
    "title: 'b\n",
    "title:\n  b\n",
    "title: [",
    "'",
    'a: "\\',
)


def seconds(suffix: str, source: str) -> float:
    read = reader(suffix)
    spent = []
    for _ in range(2):
        begin = time.process_time()
        read("case" + suffix, source)
        spent.append(time.process_time() - begin)
    return min(spent)


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    cases = [(suffix, "", piece) for suffix, pieces in CASES.items() for piece in pieces]
    cases += [(".md", "---\n", piece) for piece in FRONT] + [(".md", "+++\n", piece) for piece in FRONT]
    worst = 0.0
    for suffix, head, piece in cases:
        times = []
        for factor in (1, 2, 4, 8):
            tail = f"\n{head}" if head else ""
            source = head + piece * (size * factor // len(piece)) + tail
            times.append(seconds(suffix, source))
        ratio = max(after / max(before, 1e-3) for before, after in pairwise(times))
        worst = max(worst, ratio)
        shown = " ".join(f"{1000 * value:8.1f}" for value in times)
        print(
            f"{suffix:6}{head + piece!r:32}{shown} ms   worst doubling {ratio:4.1f}{'  <--' if ratio > 3 else ''}"
        )
    print(f"worst doubling of all: {worst:.1f}")


if __name__ == "__main__":
    main()
