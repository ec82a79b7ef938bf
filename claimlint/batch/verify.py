"""Checks a case file: every digest, every record, and that every quoted word stands in the record that it is said to stand in.

A case file may come from anybody: nothing of it is unpacked to a path of its own choosing, and sizes are bounded.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from claimlint.batch import records
from claimlint.batch.case import MANIFEST, digest_of
from claimlint.errors import ClaimlintError, UsageError

MOST_BYTES = 20_000_000_000
MOST_MANIFEST = 500_000_000
_SUFFIXES = {"html": ".html", "text": ".txt"}


class Verified(NamedTuple):
    """What was checked, and what does not hold: (place, reason)."""

    files: int
    pages: int
    quotes: int
    problems: list[tuple[str, str]]


def verify(path: str, whole: str | None = None) -> Verified:
    """Checks a case file. ``whole`` is the SHA-256 that the file as a whole must have. UsageError where it is no case file."""
    problems: list[tuple[str, str]] = []
    try:
        with Path(path).open("rb") as file:
            if whole is not None and digest_of(file) != whole.strip().lower():
                problems.append(
                    (Path(path).name, "the file as a whole does not have the SHA-256 given with --sha256")
                )
        with (
            zipfile.ZipFile(path) as archive,
            tempfile.TemporaryDirectory(prefix="claimlint-verify-") as folder,
        ):
            return _verify(archive, Path(folder), problems)
    except OSError as error:
        raise UsageError(f"{path}: can't be read: {error.strerror or error}") from None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise UsageError(f"{path}: is no case file, or is damaged: {error}") from None


def _verify(archive: zipfile.ZipFile, folder: Path, problems: list[tuple[str, str]]) -> Verified:
    names = [info.filename for info in archive.infolist()]
    if MANIFEST not in names:
        raise UsageError(f"{archive.filename}: is no case file: it has no {MANIFEST}")
    manifest = _manifest(archive)
    twice = sorted(name for name, times in Counter(names).items() if times > 1)
    problems += [(name, "stands twice in the archive") for name in twice]
    stated = {str(one["path"]): one for one in manifest["files"]}
    problems += [
        (name, "is not in the manifest") for name in names if name not in stated and name != MANIFEST
    ]
    if sum(int(one["bytes"]) for one in stated.values()) > MOST_BYTES:
        raise UsageError(f"{archive.filename}: states more than {MOST_BYTES} bytes, which are not looked at")
    unpacked: dict[str, Path] = {}
    for number, (name, one) in enumerate(stated.items()):
        if name not in names:
            problems.append((name, "is in the manifest and not in the archive"))
            continue
        target = folder / str(number)
        problem = _file(archive, name, one, target)
        if problem:
            problems.append((name, problem))
        unpacked[name] = target
    quotes = 0
    for page in manifest["pages"]:
        quotes += len(page["quotes"])
        problems += [(str(page["url"]), reason) for reason in _page(page, unpacked.get(str(page["file"])))]
    return Verified(len(stated), len(manifest["pages"]), quotes, problems)


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    if archive.getinfo(MANIFEST).file_size > MOST_MANIFEST:
        raise UsageError(f"{archive.filename}: {MANIFEST} is too large to be one")
    try:
        found = json.loads(archive.read(MANIFEST))
        if found["version"] != 1:
            raise UsageError(
                f"{archive.filename}: was made by another version of claimlint ({found['tool']})"
            )
        for one in found["files"]:
            one["path"], int(one["bytes"]), one["sha256"]
        for page in found["pages"]:
            page["url"], page["file"], int(page["offset"]), page["quotes"], page["record_id"], page["sha256"]
            page["encoding"], page["format"], page["payload_digest"]
            for quote in page["quotes"]:
                quote["quote"], quote["rule"]
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{archive.filename}: {MANIFEST} is not as claimlint writes it ({type(error).__name__}: {error})"
        ) from None
    return dict(found)


def _file(archive: zipfile.ZipFile, name: str, stated: dict[str, Any], target: Path) -> str:
    """Unpacks one file to a path of ours, at most as long as it is said to be; returns what does not hold."""
    made, left = sha256(), int(stated["bytes"])
    try:
        with archive.open(name) as file, target.open("wb") as out:
            while data := file.read(min(1 << 20, left + 1)):
                left -= len(data)
                if left < 0:
                    return f"is longer than the {stated['bytes']} bytes that the manifest states"
                made.update(data)
                out.write(data)
    except (zipfile.BadZipFile, EOFError) as error:
        return f"is damaged: {error}"
    if left:
        return f"is shorter than the {stated['bytes']} bytes that the manifest states"
    return (
        "" if made.hexdigest() == stated["sha256"] else "does not have the SHA-256 that the manifest states"
    )


def _page(page: dict[str, Any], path: Path | None) -> Iterator[str]:
    """What does not hold of one page: its record, its digests, its quotations."""
    if path is None or not path.exists():
        yield f"its record's file {page['file']} is missing"
        return
    try:
        if page["record_id"]:
            with path.open("rb") as file:
                record, _ = records.at(file, int(page["offset"]))
            headers = record.headers
            if headers.get("warc-record-id") != page["record_id"]:
                yield f"another record stands where {page['record_id']} should"
                return
            if headers.get("warc-target-uri", "").strip("<>") != page["url"] and page["url"]:
                yield f"its record is of another address: {headers.get('warc-target-uri')}"
            problem = records.digest_problem(record)
            if problem:
                yield problem
            if page["payload_digest"] and headers.get("warc-payload-digest") != page["payload_digest"]:
                yield "its record states another payload digest"
            data = records.content(record)
        else:
            data = path.read_bytes()
    except (ClaimlintError, OSError) as error:
        yield str(error)
        return
    if page["sha256"] and sha256(data).hexdigest() != page["sha256"]:
        yield "what its record holds is not what was judged (SHA-256 of the content differs)"
    yield from _quotes(page, data)


def _quotes(page: dict[str, Any], data: bytes) -> Iterator[str]:
    """The quotations that the content does not bear out."""
    wanted = [one for one in page["quotes"] if one["quote"]]
    if not wanted:
        return
    try:
        texts = _texts(page, data)
    except (ClaimlintError, LookupError, ValueError) as error:
        yield f"its content can't be read: {error}"
        return
    joined = [_folded(text) for text in texts]
    for one in wanted:
        quote = _folded(str(one["quote"]))
        if not any(quote in text for text in joined):
            yield f"the words {str(one['quote'])[:80]!r} ({one['rule']}) do not stand in its record"


def _texts(page: dict[str, Any], data: bytes) -> list[str]:
    """Every run of text that a reader of the page sees, and the decoded source itself."""
    from claimlint import readers

    name = str(page["format"] or "html")
    if name not in _SUFFIXES:
        document = readers.read(str(page["url"]), data, name=f"page.{name}")
        return [block.text for block in document.blocks]
    source = data.decode(str(page["encoding"] or "utf-8"), "replace")
    document = readers.reader(_SUFFIXES[name], None)(str(page["url"]), source)
    return [*(block.text for block in document.blocks), source]


def _folded(text: str) -> str:
    """White space as single spaces: a quotation is of words, and a line may break anywhere."""
    return " ".join(text.split())
