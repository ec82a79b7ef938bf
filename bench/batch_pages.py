"""Invented clinic pages of about 100 KB, and WARC files of them: what the measurements of ``batch`` run on.

A page has what pages of this size have: styles, scripts and data in its head, menus and icons, some 1,200 words of copy as dense in health
words as clinics' pages are, and a footer. Menus and footer are alike on all pages of a site.
"""

from __future__ import annotations

import gzip
import io
import random
from collections.abc import Iterator
from pathlib import Path

from throughput import MIXES, text

ICON = (
    '<svg class="icon icon-{n}" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 21.35l-1.45-1.32C5.4 15.36 2 12.28 2 8.5 2 5.42 4.42 3 7.5 3c1.74 0 '
    '3.41.81 4.5 2.09C13.09 3.81 14.76 3 16.5 3 19.58 3 22 5.42 22 8.5c0 3.78-3.4 6.86-8.55 11.54L12 21.35z"/></svg>'
)
STYLE = ".c{n}{{display:flex;align-items:center;gap:{n}px;padding:0 {n}px;--accent:#4a7c{n:02d};border-radius:4px}}\n"
SCRIPT = "window.q=window.q||[];q.push({{id:{n},name:'part-{n}',run:function(a,b){{return a<b?a:b&&a}}}});\n"
CARD = (
    '<div class="wp-block-column is-layout-flow card-{n}"><figure class="wp-block-image size-large"><img loading="lazy" width="640" height="427" '
    'src="/media/{n}.jpg" srcset="/media/{n}-300.jpg 300w, /media/{n}-640.jpg 640w, /media/{n}-1024.jpg 1024w" alt="A room with a view"></figure>'
    '<h3 class="wp-block-heading has-medium-font-size">Part {n}</h3>{body}<a class="btn btn-primary" href="/book?part={n}">Book a visit</a></div>\n'
)


def page(site: int, number: int, size: int = 100_000, words: int = 1_200) -> str:
    """One page of ``size`` characters or a little more, with about ``words`` words in its main part."""
    rng = random.Random(site * 100_003 + number)
    name = f"Clinic {site}"
    menu = "".join(
        f'<li class="menu-item menu-item-{n}"><a href="/{n}" class="menu-link">{label} {n}</a></li>'
        for n, label in enumerate(["Knee", "Back", "Skin", "Team", "Prices", "News", "Visit", "Contact"] * 6)
    )
    copy = text(MIXES["clinic page"], words * 6, site * 7919 + number).split("\n\n")
    body, part = [], 0
    while copy:
        part += 1
        chosen, copy = copy[:3], copy[3:]
        paragraphs = "".join(
            f'<p class="has-text-align-left has-base-color">{" ".join(words.split())}</p>\n' for words in chosen
        )
        body.append(f'<section id="s{part}" class="wp-block-group alignfull has-background">{ICON.format(n=part)}')
        body.append(CARD.format(n=part, body=paragraphs) + "</section>\n")
    footer = (
        f'<footer class="site-footer"><p>{name} is a place that we made up. Results may vary.</p><ul>{menu}</ul>'
        f'<p>Call <a href="tel:+440000000000">000 000 0000</a></p></footer>'
    )
    head = (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Page {number} of {name}</title>'
        f'<meta name="description" content="What we do on page {number}.">'
        '<script type="application/ld+json">{"@type":"MedicalClinic","name":"' + name + '"}</script>'
    )
    main = f'<header><nav class="main-nav" aria-label="Main"><ul>{menu}</ul></nav></header><main>{"".join(body)}</main>{footer}'
    filler = size - len(head) - len(main)
    styles, scripts = [], []
    while filler > 0:
        n = rng.randrange(100)
        styles.append(STYLE.format(n=n) * 4)
        scripts.append(SCRIPT.format(n=n) * 4)
        filler -= len(styles[-1]) + len(scripts[-1])
    half = len(scripts) // 2
    return (
        f"{head}<style>{''.join(styles)}</style><script>{''.join(scripts[:half])}</script></head>"
        f"<body>{main}<script>{''.join(scripts[half:])}</script></body></html>"
    )


def write_warc(path: Path, pages: int, *, per_site: int = 100, size: int = 100_000) -> None:
    """A WARC file (compressed by record where its name ends in .gz) of ``pages`` pages of sites in turn."""
    with path.open("wb") as file:
        for number, (url, html) in enumerate(sites(pages, per_site, size)):
            file.write(record(url, html.encode(), number, compress=path.suffix == ".gz"))


def sites(pages: int, per_site: int, size: int) -> Iterator[tuple[str, str]]:
    """Addresses and pages."""
    for number in range(pages):
        site = number // per_site
        yield f"https://www.clinic-{site}.example/page/{number}", page(site, number, size)


def record(url: str, content: bytes, number: int, *, compress: bool) -> bytes:
    """One response record."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=False)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    made = writer.create_warc_record(
        url,
        "response",
        payload=io.BytesIO(content),
        http_headers=headers,
        warc_headers_dict={
            "WARC-Date": "2026-11-24T10:00:00Z",
            "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>",
        },
    )
    writer.write_record(made)
    data = buffer.getvalue()
    return gzip.compress(data, 6, mtime=0) if compress else data
