"""Writes what went over the wire into WARC files (ISO 28500), so that a page can be shown to have said what it said.

A file is opened for one write and closed again; a file that a killed crawl left half written is cut back to
its last whole record before anything is added.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

ROTATE = 1_000_000_000
"""Bytes at which a new file is begun, the size that the WARC guidelines recommend."""

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer; ``status`` is 0 where no answer came, ``body`` is as it was transferred."""

    url: str
    date: str
    method: str
    target: str
    request_headers: Headers
    status: int = 0
    reason: str = ""
    protocol: str = "HTTP/1.1"
    headers: Headers = ()  # type: ignore[assignment]
    body: bytes = b""
    address: str = ""
    truncated: str = ""


class Extra(NamedTuple):
    """A record to stand beside an exchange: its WARC type, address, content type and content."""

    kind: str
    uri: str
    media: str
    data: bytes


def digest(data: bytes) -> str:
    """A labelled digest as WARC headers hold it."""
    return "sha256:" + sha256(data).hexdigest()


class Records:
    """Builds records in memory, each a gzip member of its own."""

    def __init__(self) -> None:
        self.out = io.BytesIO()
        self._writer = WARCWriter(self.out, gzip=True, warc_version="WARC/1.1")

    def add(self, kind: str, url: str | None, date: str, block: bytes, extra: Mapping[str, str]) -> str:
        """Adds one record with a ready-made block; returns its id."""
        name = f"<urn:uuid:{uuid4()}>"
        fields = {
            "WARC-Record-ID": name,
            "WARC-Date": date,
            "WARC-Block-Digest": digest(block),
            **extra,
        }
        if kind != "warcinfo":
            fields.setdefault("WARC-Payload-Digest", fields["WARC-Block-Digest"])
        headers = StatusAndHeaders("", [("WARC-Type", kind)], protocol="WARC/1.1")
        for key, value in {**({"WARC-Target-URI": url} if url else {}), **fields}.items():
            headers.add_header(key, value)
        # Not made by the library's builder, which would parse the block and add digests of its own (SHA-1).
        record = ArcWarcRecord(
            "warc", kind, headers, io.BytesIO(block), None, fields["Content-Type"], len(block)
        )
        record.payload_length = len(block)
        self._writer.write_record(record)
        return name


def exchange_records(
    exchange: Exchange, notes: Mapping[str, str], resources: Iterable[Extra] = ()
) -> tuple[bytes, str, str]:
    """(bytes, id of the answer's record or of the request's where none came, payload digest)."""
    made = Records()
    request = _block(f"{exchange.method} {exchange.target} HTTP/1.1", exchange.request_headers, b"")
    extra: dict[str, str] = {}
    answer = payload = ""
    if exchange.status:
        payload = digest(exchange.body)
        line = f"{exchange.protocol} {exchange.status} {exchange.reason}".rstrip()
        fields = {"WARC-Payload-Digest": payload, "Content-Type": "application/http; msgtype=response"}
        if exchange.address:
            fields["WARC-IP-Address"] = exchange.address
        if exchange.truncated:
            fields["WARC-Truncated"] = exchange.truncated
        answer = made.add(
            "response", exchange.url, exchange.date, _block(line, exchange.headers, exchange.body), fields
        )
        extra = {"WARC-Concurrent-To": answer}
    asked = made.add(
        "request",
        exchange.url,
        exchange.date,
        request,
        {**extra, "WARC-Payload-Digest": digest(b""), "Content-Type": "application/http; msgtype=request"},
    )
    main = answer or asked
    about = {"WARC-Concurrent-To": main, "WARC-Refers-To": main, "Content-Type": "application/warc-fields"}
    made.add("metadata", exchange.url, exchange.date, _fields(notes), about)
    for extra_kind, uri, media, data in resources:
        made.add(extra_kind, uri, exchange.date, data, {"WARC-Concurrent-To": main, "Content-Type": media})
    return made.out.getvalue(), main, payload


def info_record(date: str, file: str, facts: Mapping[str, str]) -> bytes:
    """The warcinfo record that begins each file."""
    made = Records()
    made.add(
        "warcinfo",
        None,
        date,
        _fields(facts),
        {"WARC-Filename": file, "Content-Type": "application/warc-fields"},
    )
    return made.out.getvalue()


def append(path: Path, data: bytes) -> tuple[int, int]:
    """Adds whole records in one write; returns (offset, new length). What could not be written whole is cut off."""
    with path.open("ab") as file:
        offset = file.tell()
        try:
            file.write(data)
            file.flush()
        except OSError:
            file.truncate(offset)
            raise
    return offset, offset + len(data)


def repair(path: Path, committed: int) -> tuple[int, int]:
    """Cuts a file back to what is known to be whole; returns (new length, bytes that were cut off).

    ``committed`` is the length that the database knows. What stands beyond it was never counted, and its
    addresses are asked for again. A file shorter than that was damaged: it is cut to its last whole record.
    """
    size = path.stat().st_size if path.exists() else 0
    if size > committed:
        keep = committed
    elif size < committed:
        keep = whole_length(path) if size else 0
    else:
        return size, 0
    if size:
        with path.open("r+b") as file:
            file.truncate(keep)
    return keep, size - keep


def whole_length(path: Path) -> int:
    """How many bytes of a gzip file are whole members, read once from the start in bounded memory."""
    end = at = 0
    with path.open("rb") as file:
        unpack: Any = None
        while data := file.read(1 << 20):
            start = 0
            while start < len(data):
                unpack = unpack or zlib.decompressobj(zlib.MAX_WBITS + 16)
                piece = data[start:]
                try:
                    while piece and not unpack.eof:
                        unpack.decompress(piece, 1 << 20)
                        piece = unpack.unconsumed_tail
                except zlib.error:
                    return end
                if not unpack.eof:
                    break
                start = len(data) - len(unpack.unused_data)
                end = at + start
                unpack = None
            at += len(data)
    return end


def _block(first: str, headers: Iterable[tuple[str, str]], body: bytes) -> bytes:
    """An HTTP message; header bytes come as Latin-1, which gives back each byte as it was."""
    lines = [first, *(f"{name}: {value}" for name, value in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace") + body


def _fields(values: Mapping[str, str]) -> bytes:
    lines = (f"{name}: {' '.join(str(value).split())}" for name, value in values.items() if value != "")
    return ("\r\n".join(lines) + "\r\n").encode("utf-8", "backslashreplace")
