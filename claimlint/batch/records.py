"""Finds the record that a page's row names, and gives back its very bytes: what a case file excerpts and a verification reads.

Archives are opened at the offset that the dataset knows; nothing is searched for, and whatever can't be found says why.
"""

from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from claimlint.batch.site_rows import Row
from claimlint.errors import ClaimlintError

MOST = 64_000_000
"""Bytes of one record, unpacked, that are looked at."""

_NEIGHBOURS = 6


class RecordError(ClaimlintError):
    """A record that is not where the dataset says, or is damaged."""


class Found(NamedTuple):
    """One record: its bytes as they stand in the archive (a gzip member where that is packed) and the same unpacked."""

    raw: bytes
    plain: bytes

    @property
    def headers(self) -> dict[str, str]:
        """Its WARC headers, names in lower case."""
        head = self.plain.split(b"\r\n\r\n", 1)[0].decode("utf-8", "replace")
        pairs = (line.split(":", 1) for line in head.split("\r\n")[1:] if ":" in line)
        return {name.strip().lower(): value.strip() for name, value in pairs}

    @property
    def block(self) -> bytes:
        """What stands between the headers and the two empty lines at its end."""
        body = self.plain.partition(b"\r\n\r\n")[2]
        length = self.headers.get("content-length", "")
        return body[: int(length)] if length.isdigit() else body


@contextmanager
def opened(page: Row, sources: str | None, dataset: Path) -> Iterator[Any]:
    """The archive that holds a page, open for reading in binary. Raises RecordError."""
    name, member = page["source"], page["member"]
    with _first(name, sources, dataset) as file:
        if not member:
            yield file
        else:
            import zipfile

            try:
                with zipfile.ZipFile(file) as archive, archive.open(member) as inner:
                    yield inner
            except (zipfile.BadZipFile, KeyError) as error:
                raise RecordError(f"{name}: {member}: can't be read: {error}") from None


@contextmanager
def _first(name: str, sources: str | None, dataset: Path) -> Iterator[Any]:
    if "://" in name:
        import fsspec

        try:
            with fsspec.open(name, "rb") as file:
                yield file
        except (OSError, ValueError) as error:
            raise RecordError(f"{name}: can't be read: {error}") from None
        return
    tried = (
        [Path(sources) / name, Path(sources) / Path(name).name]
        if sources
        else [Path(name), dataset.parent / name, dataset / name]
    )
    for path in tried:
        if path.is_file():
            with path.open("rb") as file:
                yield file
            return
    raise RecordError(f"{name}: the archive is not there; name the folder that holds it with --sources")


def at(file: Any, offset: int) -> tuple[Found, int]:
    """(the record at an offset, offset of the next). Raises RecordError where no record starts there."""
    file.seek(offset)
    start = file.read(2)
    file.seek(offset)
    try:
        return _member(file, offset) if start == b"\x1f\x8b" else _plain(file, offset)
    except (zlib.error, ValueError, OSError) as error:
        raise RecordError(f"no whole record starts at byte {offset}: {error}") from None


def _member(file: Any, offset: int) -> tuple[Found, int]:
    unpack = zlib.decompressobj(zlib.MAX_WBITS + 16)
    raw, plain = io.BytesIO(), io.BytesIO()
    while not unpack.eof:
        data = file.read(1 << 16)
        if not data:
            raise ValueError("it breaks off")
        raw.write(data)
        plain.write(unpack.decompress(data, MOST - plain.tell() + 1))
        if plain.tell() > MOST or unpack.unconsumed_tail:
            raise ValueError(f"it is larger than {MOST} bytes")
    length = raw.tell() - len(unpack.unused_data)
    return Found(raw.getvalue()[:length], plain.getvalue()), offset + length


def _plain(file: Any, offset: int) -> tuple[Found, int]:
    head = b""
    while b"\r\n\r\n" not in head:
        data = file.read(4096)
        if not data or len(head) > 1 << 20 or not (head + data).startswith(b"WARC/"):
            raise ValueError("it is no WARC record")
        head += data
    length = len(head.partition(b"\r\n\r\n")[0]) + 4
    size = Found(b"", head[:length]).headers.get("content-length", "")
    if not size.isdigit() or int(size) > MOST:
        raise ValueError("it states no length that can be read")
    whole = length + int(size) + 4
    file.seek(offset)
    raw = file.read(whole)
    if len(raw) < whole:
        raise ValueError("it breaks off")
    return Found(raw, raw), offset + whole


def exchange(file: Any, page: Row) -> list[Found]:
    """The record of a page and those beside it that name it: request, notes, screenshot. Raises RecordError."""
    main, after = at(file, page["offset"])
    name = main.headers.get("warc-record-id", "")
    if name != page["record_id"]:
        raise RecordError(f"another record stands at byte {page['offset']}: {name or 'it has no id'}")
    found = [main]
    for _ in range(_NEIGHBOURS):
        try:
            one, after = at(file, after)
        except RecordError:
            break
        if one.headers.get("warc-concurrent-to") == name:
            found.append(one)
        elif one.headers.get("warc-type") in ("response", "warcinfo"):
            break
    return found


def about(file: Any) -> list[Found]:
    """The record in which an archive says what made it, where it begins with one."""
    try:
        first, _ = at(file, 0)
    except RecordError:
        return []
    return [first] if first.headers.get("warc-type") == "warcinfo" else []


def picture(page: Row, sources: str | None, dataset: Path) -> str:
    """The screenshot that a crawl kept of a page, as a data address; empty where there is none, or it is no picture of ours."""
    if not page["record_id"] or page["offset"] is None:
        return ""
    try:
        with opened(page, sources, dataset) as file:
            for one in exchange(file, page):
                data = one.block
                if (
                    one.headers.get("warc-type") == "resource"
                    and data[:3] == b"\xff\xd8\xff"
                    and len(data) < 3_000_000
                ):
                    return "data:image/jpeg;base64," + base64.b64encode(data).decode()
    except (RecordError, OSError):
        return ""
    return ""


def content(record: Found, most: int = MOST) -> bytes:
    """The body of an HTTP answer with chunks joined and content encoding removed, at most so many bytes."""
    from claimlint.batch.archives import content as judged

    try:
        data = judged(record.raw, most)
    except OSError as error:
        raise RecordError(f"its body can't be unpacked: {error}") from None
    if len(data) > most:
        raise RecordError(f"its body is larger than {most} bytes once unpacked")
    return data


def digest_problem(record: Found) -> str:
    """What is wrong with a record's own digests; empty where they hold or it states none."""
    stated = record.headers.get("warc-block-digest", "")
    algorithm, _, value = stated.partition(":")
    known = {"sha256": sha256}
    if algorithm.lower() == "sha1":
        from hashlib import sha1

        known["sha1"] = sha1
    if not stated or algorithm.lower() not in known:
        return ""
    raw = known[algorithm.lower()](record.block).digest()
    forms = {
        raw.hex(),
        base64.b32encode(raw).decode().lower(),
        base64.b32encode(raw).decode().rstrip("=").lower(),
    }
    return "" if value.lower() in forms else f"its block does not match its digest {stated}"


def file_bytes(page: Row, sources: str | None, dataset: Path) -> bytes:
    """The file of a page that came from a folder or a list. Raises RecordError."""
    for base in [Path(sources)] if sources else [Path(page["source"]), dataset.parent / page["source"]]:
        path = base / page["member"] if page["member"] else base
        if path.is_file():
            if path.stat().st_size > MOST:
                raise RecordError(f"{path}: is larger than {MOST} bytes")
            return path.read_bytes()
    raise RecordError(
        f"{page['source']}: {page['member'] or 'the file'} is not there; name the folder that holds it with --sources"
    )
