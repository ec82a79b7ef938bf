"""Mutated copies of sound files: what fuzzing (bench/long/fuzz.py) feeds to readers and loaders.

Everything comes from the random generator that is handed in, so that the same seed gives the same bytes anywhere.
"""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Sequence

LARGEST = 300_000
_NASTY = (
    "\0", "\ufeff", "\u200b", "\u202e", "\u0130", "\ufb01", "\U0001f468\u200d\U0001f469", "\U000e0041", "\u0301" * 40, "\u00ad",
    "\ud7a3", "\uffff", "\U0010ffff", "\r", "\r\n", "\x85", "\u2028", "\t", "\x1b[31m", "\\", "'", '"', "`", "<", ">", "&", "&#0;",
    "&#x110000;", "&#xd800;", "&amp", "{{", "}}", "{%", "%}", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE a [<!ENTITY b 'c'>]>",
    "&b;", "${", "---\n", "+++\n", "```\n", "1e999", "-1", "99999999999999999999", "\u0661\u0662", "NaN", "null", "~", "!!python/object:a",
    "&a [*a]", "*a", "2027-13-45", "\\u{110000}", "\\ud800", "%zz", "=?utf-8?B?//8=?=", "=\n", "\u0441ure", "c\u200bure", "no cure",
)  # fmt: skip
_BYTES = (
    b"\xff",
    b"\xfe\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\x00",
    b"\xef\xbb\xbf",
    b"\x80\x81",
    b"\xf4\x90\x80\x80",
)

Change = Callable[[random.Random, str, Sequence[str], str], str]


def mutated(rng: random.Random, seed: bytes, pieces: Sequence[str], other: bytes, zipped: bool) -> bytes:
    """A few random changes to ``seed``; ``other`` is another sound file to take parts of, ``pieces`` are words of the format."""
    if zipped and rng.random() < 0.8:
        return _repacked(rng, seed, pieces)
    if zipped or rng.random() < 0.1:
        return _bytes_changed(rng, seed)[:LARGEST]
    text = _changed(rng, _text(seed), pieces, _text(other))
    return text.encode("utf-8", "surrogatepass" if rng.random() < 0.02 else "replace")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _changed(rng: random.Random, text: str, pieces: Sequence[str], other: str) -> str:
    for _ in range(rng.choice((1, 1, 2, 3, 5, 9, 20))):
        text = rng.choice(_CHANGES)(rng, text, pieces, other)[:LARGEST]
    return text


def _stretch(rng: random.Random, text: str) -> tuple[int, int]:
    start = rng.randrange(len(text) + 1)
    return start, min(len(text), start + rng.choice((0, 1, 2, 5, 20, 100, 1000)))


def _piece(rng: random.Random, pieces: Sequence[str]) -> str:
    return rng.choice(pieces) if pieces and rng.random() < 0.6 else rng.choice(_NASTY)


def _delete(rng: random.Random, text: str, pieces: Sequence[str], other: str) -> str:
    start, end = _stretch(rng, text)
    return text[:start] + text[end:]


def _double(rng: random.Random, text: str, pieces: Sequence[str], other: str) -> str:
    start, end = _stretch(rng, text)
    return text[:end] + text[start:end] * rng.choice((1, 1, 2, 30)) + text[end:]


def _insert(rng: random.Random, text: str, pieces: Sequence[str], other: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + _piece(rng, pieces) + text[at:]


def _overwrite(rng: random.Random, text: str, pieces: Sequence[str], other: str) -> str:
    start, end = _stretch(rng, text)
    return text[:start] + _piece(rng, pieces) + text[end:]


def _repeat(rng: random.Random, text: str, pieces: Sequence[str], other: str) -> str:
    at = rng.randrange(len(text) + 1)
    piece = "".join(_piece(rng, pieces) for _ in range(rng.choice((1, 1, 2, 3))))
    return text[:at] + piece * rng.choice((3, 10, 100, 1000, 20_000)) + text[at:]


def _splice(rng: random.Random, text: str, pieces: Sequence[str], other: str) -> str:
    low, high = _stretch(rng, other)
    start, end = _stretch(rng, text)
    return text[:start] + other[low:high] + text[end:]


def _cut(rng: random.Random, text: str, pieces: Sequence[str], other: str) -> str:
    return text[: rng.randrange(len(text) + 1)] if rng.random() < 0.3 else text


def _swap(rng: random.Random, text: str, pieces: Sequence[str], other: str) -> str:
    lines = text.split("\n")
    a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return "\n".join(lines)


def _indent(rng: random.Random, text: str, pieces: Sequence[str], other: str) -> str:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    lines[at] = lines[at].lstrip() if rng.random() < 0.5 else rng.choice(("  ", "\t", " ")) + lines[at]
    return "\n".join(lines)


def _letter(rng: random.Random, text: str, pieces: Sequence[str], other: str) -> str:
    if not text:
        return text
    at = rng.randrange(len(text))
    return (
        text[:at]
        + chr(rng.choice((rng.randrange(128), rng.randrange(0xD800), rng.randrange(0xE000, 0x110000))))
        + text[at + 1 :]
    )


_CHANGES: tuple[Change, ...] = (
    _delete, _double, _insert, _insert, _overwrite, _repeat, _splice, _cut, _swap, _indent, _letter,
)  # fmt: skip


def _bytes_changed(rng: random.Random, data: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 2, 5, 30))):
        at = rng.randrange(len(out) + 1)
        if rng.random() < 0.5 and at < len(out):
            out[at] = rng.randrange(256)
        else:
            out[at : at + rng.choice((0, 1, 4, 50))] = rng.choice(_BYTES)
    return bytes(out[: rng.randrange(len(out) + 1)] if rng.random() < 0.1 else out)


def _repacked(rng: random.Random, data: bytes, pieces: Sequence[str]) -> bytes:
    """The same package with one of its parts changed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError):
        return _bytes_changed(rng, data)
    if not parts:
        return _bytes_changed(rng, data)
    name = rng.choice(sorted(parts))
    changed = _changed(rng, _text(parts[name]), pieces, _text(parts[rng.choice(sorted(parts))]))
    parts[name] = changed.encode("utf-8", "replace")
    if rng.random() < 0.05:
        del parts[rng.choice(sorted(parts))]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(zipfile.ZipInfo(part), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
