"""How fast the readers are on ordinary pages: HTML, Markdown, wrapped and unwrapped plain text.

Run: python bench/readers_speed.py
"""

from __future__ import annotations

import time
from textwrap import fill

from claimlint.readers import reader

SENTENCE = "Lumora Wellness offers a gentle programme for sore knees, and its team explains each step before it starts. "


def page(size: int) -> str:
    """An HTML page of about ``size`` characters with menus, cards, lists, tables, entities and inline tags."""
    section = (
        '<section class="wp-block-group has-{n}"><h2 id="part-{n}">Part {n} &amp; more</h2>\n'
        '  <p class="lead">'
        + SENTENCE
        + 'It is <strong>not</strong> a <a href="/cure-{n}" class="link">cure</a>&nbsp;yet.</p>\n'
        "  <p>" + SENTENCE * 3 + "</p>\n"
        '  <ul class="list">\n    <li><span>Rest &ndash; at home</span></li>\n    <li>Movement</li>\n  </ul>\n'
        '  <div class="card"><img src="/a{n}.jpg" alt="A calm room" loading="lazy"><div class="card-body">'
        '<a class="btn btn-primary" href="/book">Book a visit</a></div></div>\n'
        "  <script>window.dataLayer = window.dataLayer || []; push({{ n: {n} }});</script>\n</section>\n"
    )
    parts: list[str] = []
    while sum(map(len, parts)) < size:
        parts.append(section.replace("{n}", str(len(parts))).replace("{{", "{").replace("}}", "}"))
    return (
        f"<!doctype html><html lang=en><head><title>Lumora</title></head><body>{''.join(parts)}</body></html>"
    )


def markdown(size: int) -> str:
    """Markdown of about ``size`` characters: wrapped prose, emphasis, links, lists."""
    section = (
        "## Part\n\n" + (SENTENCE[:60] + "\n" + SENTENCE[60:].strip() + "\n") * 4
        + "It is **not** a [cure](https://lumora.example/cure), *yet*.\n\n- Rest at home\n- Movement\n\n"
    )  # fmt: skip
    return section * (size // len(section))


def best(suffix: str, source: str, rounds: int = 9) -> float:
    read = reader(suffix)
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        read("page" + suffix, source)
        times.append(time.perf_counter() - begin)
    return min(times)


def main() -> None:
    html = page(100_000)
    spent = best(".html", html)
    print(f"HTML, {len(html):,} characters   {1 / spent:7.0f} pages/s {len(html) / spent / 1e6:7.1f} MB/s")
    wrapped = fill(SENTENCE * 6, 72) + "\n\n"
    for name, suffix, source in (
        ("Markdown", ".md", markdown(1_000_000)),
        ("text, long lines", ".txt", (SENTENCE * 5 + "\n\n") * 2_000),
        ("text, wrapped", ".txt", wrapped * 1_000),
    ):
        spent = best(suffix, source)
        print(
            f"{name + ', ' + format(len(source), ',') + ' characters':40}{len(source) / spent / 1e6:7.1f} MB/s"
        )


if __name__ == "__main__":
    main()
