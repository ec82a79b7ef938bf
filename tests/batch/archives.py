"""Writes the archives that the tests of ``batch`` read: small, invented, and broken where a test wants them so."""

from __future__ import annotations

import base64
import gzip
import hashlib
import zipfile
from collections.abc import Iterable
from pathlib import Path

DATE = "2026-11-24T10:00:00Z"
NAV = '<nav><a href="/">Home</a> <a href="/pads">Knee pads</a></nav>'
FOOTER = "<footer><p>Our drops cure arthritis. Lumora Wellness is made up.</p></footer>"


def page(words: str, *, nav: str = NAV, footer: str = FOOTER, lang: str = "en") -> str:
    """An HTML page of an invented shop."""
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Lumora</title></head>'
        f"<body>{nav}<main><h1>Our drops</h1><p>{words}</p></main>{footer}</body></html>"
    )


def response(
    url: str,
    body: str | bytes,
    *,
    number: int = 0,
    status: str = "200 OK",
    kind: str | None = "text/html; charset=utf-8",
    date: str = DATE,
    headers: Iterable[tuple[str, str]] = (),
    packed: bool = True,
) -> bytes:
    """One response record, packed on its own unless said otherwise."""
    data = body.encode() if isinstance(body, str) else body
    lines = [*([("Content-Type", kind)] if kind is not None else []), *headers]
    digest = {"WARC-Payload-Digest": sha1(data)}
    return _record(
        "response",
        url,
        _http(status, lines) + data,
        "application/http; msgtype=response",
        number,
        date,
        packed,
        digest,
    )


def revisit(url: str, of: str | bytes, *, number: int = 0, date: str = DATE) -> bytes:
    """A record that says that the content was the same as that of another."""
    digest = sha1(of.encode() if isinstance(of, str) else of)
    more = {
        "WARC-Payload-Digest": digest,
        "WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
    }
    block = _http("200 OK", [("Content-Type", "text/html")])
    return _record("revisit", url, block, "application/http; msgtype=response", number, date, True, more)


def conversion(url: str, text: str, *, number: int = 0) -> bytes:
    """A record of plain text, as Common Crawl's WET files hold them."""
    return _record("conversion", url, text.encode(), "text/plain", number, DATE, True, {})


def sha1(data: bytes) -> str:
    """A digest as WARC files write it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def _http(status: str, headers: Iterable[tuple[str, str]]) -> bytes:
    return "".join(
        [f"HTTP/1.1 {status}\r\n", *(f"{name}: {value}\r\n" for name, value in headers), "\r\n"]
    ).encode()


def _record(
    kind: str,
    url: str,
    block: bytes,
    content_type: str,
    number: int,
    date: str,
    packed: bool,
    more: dict[str, str],
) -> bytes:
    headers = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": date,
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>",
        **more,
        "Content-Type": content_type,
        "Content-Length": str(len(block)),
    }
    head = "".join(["WARC/1.1\r\n", *(f"{name}: {value}\r\n" for name, value in headers.items()), "\r\n"])
    raw = head.encode() + block + b"\r\n\r\n"
    return gzip.compress(raw, mtime=0) if packed else raw


def warc(path: Path, records: Iterable[bytes]) -> Path:
    """An archive of these records."""
    path.write_bytes(b"".join(records))
    return path


def wacz(path: Path, archives: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> Path:
    """A WACZ that holds these archives."""
    with zipfile.ZipFile(path, "w", compression) as file:
        file.writestr("datapackage.json", "{}")
        for name, data in archives.items():
            file.writestr(f"archive/{name}", data)
    return path


def sites(pages: int, per_site: int = 10, words: int = 4) -> list[bytes]:
    """Responses of ``pages`` pages of invented sites, no two alike."""
    claims = [
        "Our infusion relieves migraine.", "Results may vary.", "Acupuncture has been proven to ease anxiety.", "The garden is open.",
        "It has no side effects.", "We treat arthritis with a natural programme.",
        "Walking may reduce back pain.",
    ]  # fmt: skip
    made = []
    for number in range(pages):
        text = " ".join(
            claims[(number + at) % len(claims)] + f" Room {number} has {at} chairs." for at in range(words)
        )
        url = f"https://www.shop-{number // per_site}.example/{number}"
        made.append(response(url, page(text), number=number))
    return made
