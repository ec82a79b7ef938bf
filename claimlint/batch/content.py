"""The content of a WARC record: HTTP's encodings taken off, within a limit, whatever the record says of itself.

Recorders differ in whether they keep content as it was sent or decode it and keep the headers; so what isn't encoded as it says is taken
as it is.
"""

from __future__ import annotations

import io
import zlib
from typing import Any

_PIECE = 1 << 16


class Undecodable(Exception):
    """Content in an encoding that can't be taken off."""


def of(record: Any, largest: int) -> bytes:
    """The content of a record as warcio read it: at most ``largest`` and one bytes. Raises Undecodable.

    No more than ``largest`` and one bytes are ever read or unpacked.
    """
    raw: bytes = record.raw_stream.read(largest + 1)
    headers = record.http_headers
    if headers is None or not raw:
        return raw
    if "chunked" in (headers.get_header("Transfer-Encoding") or "").lower():
        raw = _joined(raw, largest)
    for coding in reversed((headers.get_header("Content-Encoding") or "").lower().split(",")):
        raw = _unpacked(raw, coding.strip(), largest)
    return raw


def _joined(raw: bytes, largest: int) -> bytes:
    from warcio.bufferedreaders import ChunkedDataReader

    try:
        reader = ChunkedDataReader(io.BytesIO(raw))
        parts, size = [], 0
        while size <= largest and (part := reader.read(_PIECE)):
            parts.append(part)
            size += len(part)
    except Exception:  # a chunk that is none
        return raw
    return b"".join(parts)


def _unpacked(raw: bytes, coding: str, largest: int) -> bytes:
    if coding in ("", "identity"):
        return raw
    if coding in ("gzip", "x-gzip", "deflate"):
        for window in (47, -15):  # a gzip or zlib header; none
            inflate = zlib.decompressobj(window)
            try:
                return inflate.decompress(raw, largest + 1)
            except zlib.error:
                continue
    elif coding == "br":
        import brotli

        try:
            out: bytes = brotli.Decompressor().process(raw, output_buffer_limit=largest + 1)
            return out[: largest + 1]
        except brotli.error:
            pass
    if _readable(raw):
        return raw
    raise Undecodable(f"its content is encoded as '{coding[:20]}' and can't be decoded")


def _readable(raw: bytes) -> bool:
    start = raw[:1024]
    return (
        b"\0" not in start
        and start.lstrip()[:1].isascii()
        and start.count(b"\x1b") == 0
        and not start.startswith(b"\x1f\x8b")
    )
