"""Reads a source once from end to end and notes each page: where it is, whose it is, and what its content hashes to.

With that, pages can be judged in any order by anyone, exact copies are known before anything is judged, and a broken archive costs no
more than what is broken.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from claimlint.batch import content as contents
from claimlint.batch.inputs import PAGES, Source, filesystem, kind_of, opened, place, site_of
from claimlint.errors import MissingExtra

_CHUNK = 1 << 20
_GZIP = b"\x1f\x8b"
_REVISIT = "revisit"
_BLOCK = 1 << 16
_CHARSET = re.compile(r"""charset\s*+=\s*+["']?+([A-Za-z0-9_.:-]{2,40})""", re.I)
_TOGETHER = "its records are compressed together, so that they can't be found again: pack it anew record by record (`warcio recompress OLD NEW`)"


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
            arrays = [
                pyarrow.array(column, field.type) for column, field in zip(columns, schema, strict=True)
            ]
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
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        raise MissingExtra("claimlint batch", "batch") from None
    held: tuple[int, Entry | str] | None = None
    count = 0
    stream = opened(source)
    with stream:
        try:
            records = ArchiveIterator(stream, block_size=_BLOCK)
            for record in records:
                at = int(records.offset)  # of this record, as nothing of its content has been read
                count += 1
                if count == 2 and _at(source, 0, 2) == _GZIP and _at(source, at, 2) != _GZIP:
                    raise _Broken(_TOGETHER)
                if held is not None:
                    yield _closed(*held, at)
                held = at, _what(number, source, record, at, largest)
        except _Broken:
            raise
        except Exception as error:  # whatever the library says of a broken archive
            if "non-chunked gzip" in str(error):
                raise _Broken(_TOGETHER) from None
            after = held[0] if held else 0
            last = _end(source, held[0]) if held else None
            if held is not None and last is not None:  # the record before the damage is whole
                yield _closed(*held, last)
                after = last
            said = " ".join(str(error).split())[:120] or type(error).__name__
            raise _Broken(
                f"can't be read beyond byte {after:,} ({said}); what stands before it was read"
            ) from None
    if held is None:
        raise _Broken("holds no record: it is empty or no WARC")
    last = _end(source, held[0])
    if last is None:
        raise _Broken(f"ends in the middle of the record at byte {held[0]:,}; what stands before it was read")
    yield _closed(*held, last)
    if last < source.size:
        raise _Broken(f"ends in the middle of a record at byte {last:,}; what stands before it was read")


def _closed(at: int, what: Entry | str, end: int) -> Entry | str:
    """What the record at ``at`` was, now that its end is known."""
    return what._replace(length=end - at) if isinstance(what, Entry) else what


def content(record: bytes, largest: int) -> bytes:
    """The content of one record's bytes, at most ``largest`` and one bytes of it. Raises Undecodable."""
    from warcio.archiveiterator import ArchiveIterator

    for found in ArchiveIterator(io.BytesIO(record), block_size=_BLOCK):
        return contents.of(found, largest)
    raise contents.Undecodable("the record is not where it was")


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
    kind = record.rec_type
    if kind not in ("response", "conversion", "resource", _REVISIT):
        return f"{kind} records"
    headers, http = record.rec_headers, record.http_headers
    url = (headers.get_header("WARC-Target-URI") or "").strip().strip("<>")
    site = site_of(url)
    if not site:
        return "records without an address"
    named = http.get_header("Content-Type") if http is not None else None
    if http is None and kind != "response":
        named = headers.get_header("Content-Type")
    status = _number(http.get_statuscode()) if http is not None else None
    digest = size = None
    reader: str | None = "html"  # a revisit's own record says nothing of its kind
    state, reason = _REVISIT, "a revisit: its content is in another record, which is not among the inputs"
    if kind != _REVISIT:
        if kind_of(named, b"<html>") is None and kind_of(named, b"%PDF-") is None:
            return _no_page(named, status)
        try:
            data = contents.of(record, largest)
        except contents.Undecodable as error:
            reader = kind_of(named, b"<html>")
            state, reason = "failed", str(error)
        else:
            reader = kind_of(named, data[:1024])
            if reader is None:
                return _no_page(named, status)
            size = len(data)
            digest = hashlib.sha256(data).hexdigest()
            state, reason = _sized(size, largest)
        if status not in (None, 200):
            state, reason = "not_checked", f"HTTP status {status}"
    return Entry(
        page_id(source, at, url, source.member), site, url, number, source.member, at, 0, _moment(headers.get_header("WARC-Date")),
        headers.get_header("WARC-Record-ID"), headers.get_header("WARC-Payload-Digest"), digest, status, named, _charset(named), size, reader,
        state, reason,
    )  # fmt: skip


def _no_page(named: str | None, status: int | None) -> str:
    if status is not None and 300 <= status < 400:
        return "redirects"
    return (named or "").split(";")[0].strip().lower()[:60] or "no content type"


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 6 else None


def _charset(content_type: str | None) -> str | None:
    found = _CHARSET.search(content_type or "")
    return found[1] if found else None


def _moment(text: str | None) -> int | None:
    """Microseconds since 1970."""
    try:
        when = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return (when - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
