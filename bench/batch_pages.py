"""Invented clinic pages of about 100 KB, and WARC files of them: what the measurements of ``batch`` run on.

They are shaped like the pages of site builders, which are most pages of this size: some 1,000 elements (the median page of the HTTP Archive
has about 600 in 33 KB), nested boxes with generated class names and data attributes, a third of styles, scripts and data, menus, icons, and
some 700 words of copy as dense in health words as clinics' pages are. Menus and footer are alike on all pages of a site.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from pathlib import Path

from throughput import MIXES, text

_MENU = ["Knee", "Back", "Skin", "Team", "Prices", "News", "Visit", "Contact", "Stories", "Courses", "Travel", "Questions"]
_NAMES = (
    "wrap inner row column widget container section content box media overlay shape title text button icon list item card panel grid slide tab"
    " caption banner spacer divider group layout flex align justify base accent primary secondary wide narrow top bottom left right"
).split()
_CODE = "window document settings options element request callback render update visible handler timeout element value index queue state".split()


class _Page:
    """Writes markup with names that a seed decides."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def hex(self, length: int = 7) -> str:
        return f"{self.rng.getrandbits(4 * length):0{length}x}"

    def classes(self, count: int) -> str:
        return " ".join(f"{self.rng.choice(_NAMES)}-{self.rng.choice(_NAMES)}" for _ in range(count))

    def box(self, inner: str, depth: int = 3) -> str:
        for _ in range(depth):
            key = self.hex()
            inner = (
                f'<div class="el-{key} {self.classes(3)}" data-id="{key}" data-element_type="{self.rng.choice(_NAMES)}">\n'
                f'<div class="{self.classes(2)}">{inner}</div></div>\n'
            )
        return inner

    def icon(self) -> str:
        path = " ".join(f"{self.rng.uniform(0, 24):.2f} {self.rng.uniform(0, 24):.2f}" for _ in range(14))
        return f'<svg class="{self.classes(1)}" viewBox="0 0 24 24" aria-hidden="true"><path d="M{path}z"></path></svg>'

    def picture(self) -> str:
        key = self.hex()
        sizes = ", ".join(f"/media/{key}-{width}.jpg {width}w" for width in (300, 640, 1024))
        return (
            f'<img loading="lazy" decoding="async" width="640" height="427" src="/media/{key}.jpg" srcset="{sizes}" alt="A room with a view" '
            f'class="{self.classes(2)}">'
        )

    def style(self) -> str:
        return f".el-{self.hex()} .{self.rng.choice(_NAMES)}-{self.rng.choice(_NAMES)}{{margin:{self.rng.randrange(90)}px;color:#{self.hex(6)}}}\n"

    def script(self) -> str:
        one, two, three = (self.rng.choice(_CODE) for _ in range(3))
        return f'{one}.{two}("{self.hex(10)}",function({self.hex(1)}x){{return {three}[{self.rng.randrange(999)}]<{one}&&{two}}});\n'


def page(site: int, number: int, size: int = 100_000, words: int = 700) -> str:
    """One page of about ``size`` characters with about ``words`` words in its main part."""
    same, own = _Page(site), _Page(site * 100_003 + number + 1)
    name = f"Clinic {site}"
    links = [
        f'<li class="menu-item menu-item-{n} {same.classes(2)}"><a href="/{n}" class="{same.classes(2)}"><span>{label} {n}</span></a></li>\n'
        for n, label in enumerate(_MENU * 4)
    ]
    menu = "".join(links)
    copy = text(MIXES["clinic page"], words * 6, site * 7919 + number).split("\n\n")
    sections = []
    while copy:
        chosen, copy = copy[:2], copy[2:]
        paragraphs = "".join(
            own.box(f'<p class="{own.classes(1)}">{" ".join(part.split())}</p>\n', 2) for part in chosen if part.strip()
        )
        heading = f'<h3 class="{own.classes(2)}">Part {len(sections)}</h3>\n'
        button = f'<a class="btn btn-primary {own.classes(1)}" href="/book?part={own.hex()}"><span>Book a visit</span></a>'
        sections.append(own.box(own.icon() + own.picture() + heading + paragraphs + button, 3))
    footer = (
        f'<footer class="site-footer"><p>{name} is a place that we made up. Results may vary.</p><ul>{"".join(links[:24])}</ul>'
        f'<p>Call <a href="tel:+440000000000">000 000 0000</a></p></footer>'
    )
    head = (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Page {number} of {name}</title>'
        f'<meta name="description" content="What we do on page {number}.">'
        '<script type="application/ld+json">{"@type":"MedicalClinic","name":"' + name + '"}</script>'
    )
    top = f'<header><nav class="main-nav" aria-label="Main"><ul>{menu}</ul></nav></header>'
    used = len(head) + len(top) + len(footer) + sum(map(len, sections))
    third = max(size // 3, 0)
    code: list[str] = []
    while sum(map(len, code)) < third:
        code += [own.style() for _ in range(20)]
    styles, code = "".join(code[: len(code) // 2]), []
    while len(styles) + sum(map(len, code)) < third:
        code += [own.script() for _ in range(20)]
    used += third
    empty = []
    while used < size:  # boxes that hold pictures and nothing to read
        empty.append(own.box(own.icon() + own.picture(), 4))
        used += len(empty[-1])
    body = [*sections, *empty]
    own.rng.shuffle(body)
    return (
        f"{head}<style>{styles}</style></head><body>{top}<main>{''.join(body)}</main>{footer}<script>{''.join(code)}</script></body></html>"
    )


def write_warc(path: Path, pages: int, *, per_site: int = 100, size: int = 100_000) -> None:
    """A WARC file (compressed by record where its name ends in .gz) of ``pages`` pages of sites in turn."""
    with path.open("wb") as file:
        for number, (url, html) in enumerate(sites(pages, per_site, size)):
            file.write(record(url, html.encode(), number, packed=path.suffix == ".gz"))


def sites(pages: int, per_site: int, size: int) -> Iterator[tuple[str, str]]:
    """Addresses and pages."""
    for number in range(pages):
        site = number // per_site
        yield f"https://www.clinic-{site}.example/page/{number}", page(site, number, size)


def record(url: str, content: bytes, number: int, *, packed: bool) -> bytes:
    """One response record."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + content
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-11-24T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    data = head.encode() + block + b"\r\n\r\n"
    return gzip.compress(data, 6, mtime=0) if packed else data
