"""Reads a source once from end to end and notes each page: where it is, whose it is, and what its content hashes to.

With that, pages can be judged in any order by anyone, exact copies are known before anything is judged, and a broken archive costs no
more than what is broken.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from claimlint.batch.inputs import PAGES, Source, filesystem, kind_of, opened, place, site_of
from claimlint.errors import MissingExtra

_CHUNK = 1 << 20
_GZIP = b"\x1f\x8b"
_REVISIT = "revisit"


class Entry(NamedTuple):
    """One page of the index. ``reader`` is html, text, pdf or docx; ``reason`` says why it isn't to be judged, ``state`` how that counts.

    ``offset`` and ``length`` are bytes of the file that ``source`` and ``member`` name. ``fetched`` is in microseconds since 1970.
    """

    page_id: str
    site: str
    url: str
    source: int
    member: str | None
    offset: int
    length: int
    fetched: int | None
    record_id: str | None
    payload_digest: str | None
    sha256: str | None
    status: int | None
    content_type: str | None
    charset: str | None
    bytes: int | None
    reader: str | None
    state: str
    reason: str | None


class Index(NamedTuple):
    """What one source holds: its pages as Parquet, and its row of ``sources``."""

    parquet: bytes
    row: dict[str, Any]


def arrow() -> Any:
    """The Arrow schema of an index."""
    import pyarrow

    whole = {"source", "offset", "length", "fetched", "status", "bytes"}
    return pyarrow.schema(
        [(name, pyarrow.int64() if name in whole else pyarrow.string()) for name in Entry._fields]
    )


def index(number: int, source: Source, largest: int) -> Index:
    """The index of one source; what goes wrong on the way is its ``problem``, and what was read before that counts."""
    import pyarrow
    import pyarrow.parquet

    tally: Counter[str] = Counter()
    totals = {"records": 0, "pages": 0}
    problem = None
    schema = arrow()
    buffer = io.BytesIO()
    pages = _files if source.pages else _records
    with pyarrow.parquet.ParquetWriter(buffer, schema, compression="zstd") as writer:
        rows: list[Entry] = []

        def write() -> None:
            columns = list(zip(*rows, strict=True)) or [()] * len(Entry._fields)
            arrays = [pyarrow.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
            rows.clear()

        try:
            for what in pages(number, source, largest):
                totals["records"] += 1
                if isinstance(what, Entry):
                    totals["pages"] += 1
                    rows.append(what)
                    if len(rows) >= 5_000:
                        write()
                else:
                    tally[what] += 1
        except _Broken as error:
            problem = str(error)
        write()
    row = {
        "source": source.name,
        "kind": source.kind,
        "member": source.member,
        "bytes": source.size,
        **totals,
        "skipped": [{"what": what, "records": count} for what, count in sorted(tally.items())],
        "problem": problem,
    }
    return Index(buffer.getvalue(), row)


class _Broken(Exception):
    """The source can't be read any further."""


def page_id(source: Source, offset: int, url: str, member: str | None) -> str:
    """The same page of the same source has the same id in every run."""
    text = "\0".join((source.name, member or "", str(offset), url))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _files(number: int, source: Source, largest: int) -> Iterator[Entry | str]:
    """Pages that are files of their own."""
    for url, site, member in source.pages:
        fs, path = place(source, member)
        name = path.rsplit("/", 1)[-1]
        kind = PAGES.get("." + name.rsplit(".", 1)[-1].lower()) if "." in name else None
        digest, size = None, 0
        try:
            size = int(fs.size(path) or 0)
            data = fs.cat_file(path, 0, min(size, largest + 1)) if size else b""
        except OSError as error:
            state, reason = "failed", f"can't be read: {error.strerror or error}"
        else:
            kind = kind or kind_of(None, data[:1024])
            if kind is None:
                yield "files of no known kind"
                continue
            digest = hashlib.sha256(data).hexdigest()
            state, reason = _sized(size, largest)
        yield Entry(
            page_id(source, 0, url, member), site, url, number, member or None, 0, size, None, None, None,
            digest, None, None, None, size, kind, state, reason,
        )  # fmt: skip


def _sized(size: int, largest: int) -> tuple[str, str | None]:
    if size == 0:
        return "not_checked", "the page is empty"
    if size > largest:
        return "failed", f"too large: the limit is {largest:,} bytes"
    return "checked", None


def _records(number: int, source: Source, largest: int) -> Iterator[Entry | str]:
    """Pages that are records of an archive."""
    try:
        from fastwarc.warc import ArchiveIterator
    except ImportError:
        raise MissingExtra("claimlint batch", "batch") from None
    held: tuple[int, Entry | str] | None = None
    count = 0
    try:
        stream = io.BufferedReader(opened(source), _CHUNK) if source.kind == "wacz" else opened(source)
        with stream:
            packed = None
            for record in ArchiveIterator(stream, parse_http=True, auto_decode="all", max_header_len=1 << 20):
                at = int(record.stream_pos)
                count += 1
                if count == 2:
                    packed = _at(source, 0, 2) == _GZIP
                    if packed and _at(source, at, 2) != _GZIP:
                        raise _Broken(
                            "its records are compressed together, so that they can't be found again: pack it anew record by record "
                            "(`warcio recompress OLD NEW`)"
                        )
                if held is not None:
                    yield _closed(source, *held, at, largest)
                held = at, _what(number, source, record, at, largest)
    except OSError as error:
        # A record that the error was met in is not kept; the one before it was whole.
        after = held[0] if held else 0
        if held is not None:
            last = _end(source, held[0])
            if last is not None:
                yield _closed(source, *held, last, largest)
                after = last
        raise _Broken(f"can't be read beyond byte {after:,} ({error.strerror or error}); what stands before it was read") from None
    if held is None:
        raise _Broken("holds no record: it is empty or no WARC")
    last = _end(source, held[0])
    if last is None:
        raise _Broken(f"ends in the middle of the record at byte {held[0]:,}; what stands before it was read")
    yield _closed(source, *held, last, largest)
    if last < source.size:
        raise _Broken(f"ends in the middle of a record at byte {last:,}; what stands before it was read")


def _closed(source: Source, at: int, what: Entry | str, end: int, largest: int) -> Entry | str:
    """What the record at ``at`` was, now that its end is known."""
    if not isinstance(what, Entry):
        return what
    what = what._replace(length=end - at)
    if what.sha256 is not None or what.state == _REVISIT:
        return what
    try:  # its content is not encoded as it says
        data = content(_at(source, at, end - at), largest)
    except OSError as error:
        return what._replace(state="failed", reason=f"its content can't be decoded: {error}", bytes=None)
    state, reason = _sized(len(data), largest)
    if what.status not in (None, 200):
        state, reason = "not_checked", f"HTTP status {what.status}"
    return what._replace(sha256=hashlib.sha256(data).hexdigest(), bytes=len(data), state=state, reason=reason)


def content(record: bytes, largest: int) -> bytes:
    """The content of one record's bytes, at most ``largest`` and one bytes of it. Raises OSError.

    Recorders are known to decode content and to keep the header that says how it was encoded; so what can't be decoded and looks like
    text is taken as it is.
    """
    from fastwarc.warc import ArchiveIterator

    def read(how: str) -> bytes:
        for found in ArchiveIterator(io.BytesIO(record), parse_http=True, auto_decode=how, max_header_len=1 << 20):
            return bytes(found.reader.read(largest + 1))
        raise OSError("there is no record")

    try:
        return read("all")
    except OSError:
        plain = read("none")
        if b"\0" in plain[:1024] or not plain.lstrip()[:1].isascii():
            raise
        return plain


def _at(source: Source, offset: int, length: int) -> bytes:
    fs, path = filesystem(source.address)
    end = min(offset + length, source.size)
    found: bytes = fs.cat_file(path, source.base + offset, source.base + end) if end > offset else b""
    return found


def _end(source: Source, at: int) -> int | None:
    """Where the record at ``at`` ends; None where the file ends before it does."""
    if _at(source, at, 2) != _GZIP:
        return _plain_end(source, at)
    inflate = zlib.decompressobj(31)
    while at < source.size:
        data = _at(source, at, _CHUNK)
        while data:  # a record may unpack to far more than it weighs
            try:
                inflate.decompress(data, _CHUNK)
            except zlib.error:
                return None
            if inflate.eof:
                return at + len(data) - len(inflate.unused_data)
            if inflate.unconsumed_tail:
                at += len(data) - len(inflate.unconsumed_tail)
                data = inflate.unconsumed_tail
            else:
                at += len(data)
                data = b""
    return None


def _plain_end(source: Source, at: int) -> int | None:
    head = _at(source, at, 1 << 16)
    stop = head.find(b"\r\n\r\n")
    if stop < 0:
        return None
    for line in head[:stop].split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            end = at + stop + 4 + int(value)
            tail = _at(source, end, 4)
            return end + 4 if tail == b"\r\n\r\n" else (source.size if end == source.size else None)
    return None


def _what(number: int, source: Source, record: Any, at: int, largest: int) -> Entry | str:
    """The page that a record holds, or what else it is."""
    kind = str(record.record_type).rsplit(".", 1)[-1]
    if kind not in ("response", "conversion", "resource", _REVISIT):
        return f"{kind} records"
    headers = record.headers
    url = str(headers.get("WARC-Target-URI") or "").strip().strip("<>")
    http = record.http_headers if kind in ("response", _REVISIT) and record.is_http else None
    named = record.http_content_type if http is not None else headers.get("Content-Type")
    status = http.status_code if http is not None else None
    site = site_of(url)
    if not site:
        return "records without an address"
    digest = size = reader = None
    state, reason = "checked", None
    if kind == _REVISIT:
        reader, state, reason = TYPES_OF_REVISITS, _REVISIT, "a revisit: its content is in another record, which is not among the inputs"
    else:
        reader = kind_of(named, b"")
        if reader is None and not (named or "").startswith(("image/", "video/", "audio/", "font/")):
            start, _ = _content(record, 2048)
            reader = kind_of(named, start)
            if reader is None:
                return _no_page(named, status)
            if len(start) == 2048:
                start += _content(record, largest + 1 - len(start))[0]
            data, fault = start, None
        elif reader is None:
            return _no_page(named, status)
        else:
            data, fault = _content(record, largest + 1)
        size = len(data)
        digest = None if fault else hashlib.sha256(data).hexdigest()
        state, reason = _sized(size, largest)
        if status is not None and status != 200:
            state, reason = "not_checked", f"HTTP status {status}"
    when = record.record_date
    return Entry(
        page_id(source, at, url, source.member), site, url, number, source.member, at, 0,
        _microseconds(when, headers.get("WARC-Date")), record.record_id or None, headers.get("WARC-Payload-Digest"), digest, status,
        str(named) if named else None, record.http_charset if http is not None else None, size, reader, state, reason,
    )  # fmt: skip


TYPES_OF_REVISITS = "html"
"""What a revisit is taken for: its own record says nothing of its kind."""


def _no_page(named: str | None, status: int | None) -> str:
    if status is not None and 300 <= status < 400:
        return "redirects"
    return (named or "no content type").split(";")[0].strip().lower()[:60]


def _content(record: Any, most: int) -> tuple[bytes, str | None]:
    """Up to ``most`` bytes of a record's content, decoded, and why there are none."""
    try:
        return bytes(record.reader.read(most)), None
    except OSError as error:
        return b"", str(error)


def _microseconds(when: Any, text: str | None) -> int | None:
    if isinstance(when, datetime):
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        return round((when - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1_000_000)
    return None
