"""Opens the packages of Word and PowerPoint files: a zip of XML parts, unpacked within limits.

Sizes are capped before anything is unpacked, and no part may bring a document type of its own, so neither a bomb nor an
entity gets further than one message.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from xml.parsers import expat

from claimlint.errors import ReadError

MOST_FILES = 5_000
LARGEST_PART = 40_000_000
LARGEST_TOTAL = 80_000_000
"""Bytes after unpacking: of one part, and of all parts that are read."""


class Package:
    """The parts of a file by name; ``program`` and ``suffix`` are what messages call the program and its files."""

    def __init__(self, path: str, data: bytes, program: str, suffix: str) -> None:
        self.path, self.program, self.suffix = path, program, suffix
        self.left = LARGEST_TOTAL
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise self.wrong(
                f"is protected by a password or in {program}'s old format: save it as {suffix} without a password"
            )
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise self.wrong(
                f"is no {program} document (it is no zip file): save it as {suffix} anew"
            ) from None
        if len(self.zip.infolist()) > MOST_FILES:
            raise self.wrong(f"has more than {MOST_FILES:,} parts: save it as {suffix} anew, or exclude it")

    def wrong(self, what: str) -> ReadError:
        """The error for a document that can't be read."""
        return ReadError(f"the file {what}", self.path)

    def read(self, name: str) -> bytes | None:
        """One part; None where there is none of that name."""
        try:
            info = self.zip.getinfo(name)
        except KeyError:
            return None
        if info.flag_bits & 1:
            raise self.wrong("is protected by a password: save it without one")
        limit = min(LARGEST_PART, self.left)
        try:
            with self.zip.open(info) as part:
                data = part.read(limit + 1)
        except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError):
            raise self.wrong(f"is damaged (its part {name} can't be unpacked): save it anew") from None
        except (
            Exception
        ) as error:  # zlib.error, lzma.LZMAError: what a damaged part may raise is no one class
            raise self.wrong(f"is damaged (its part {name}: {error}): save it anew") from None
        if len(data) > limit:
            raise self.wrong(f"unpacks to more than {limit:,} bytes: split it, or exclude it")
        self.left -= len(data)
        return data

    def parse(self, name: str, story: object) -> bool:
        """Feeds a part to ``story.start``, ``story.end`` and ``story.text``; False where the part is missing."""
        data = self.read(name)
        if data is None:
            return False
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = story.start  # type: ignore[attr-defined]
        parser.EndElementHandler = story.end  # type: ignore[attr-defined]
        parser.CharacterDataHandler = getattr(story, "text", None)
        parser.StartDoctypeDeclHandler = self._doctype
        parser.buffer_text = True
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            raise self.wrong(f"is damaged (its part {name} is no XML: {error}): save it anew") from None
        return True

    def _doctype(self, *_: object) -> None:
        raise self.wrong(
            f"declares a document type, which no {self.program} document does: save it as {self.suffix} anew"
        )

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id -> (kind, target): a part's name, or an address for what lies outside."""
        folder, name = posixpath.split(part)
        found = _Relations(folder)
        self.parse(posixpath.join(folder, "_rels", f"{name}.rels"), found)
        return found.all


class _Relations:
    """Collects the relations of a part."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.all: dict[str, tuple[str, str]] = {}

    def start(self, name: str, values: dict[str, str]) -> None:
        if not name.endswith(" Relationship"):
            return
        target = values.get("Target", "")
        if values.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", self.folder, target)).lstrip("/")
        kind = values.get("Type", "").rsplit("/", 1)[-1]
        self.all[values.get("Id", "")] = (kind, target)

    def end(self, name: str) -> None:
        pass


class Facts:
    """Author and date of the document's properties."""

    def __init__(self) -> None:
        self.meta: dict[str, str] = {}
        self._key = ""

    def start(self, name: str, values: dict[str, str]) -> None:
        """An element opens."""
        self._key = {"creator": "author", "modified": "date", "language": "lang"}.get(
            name.rpartition(" ")[2], ""
        )

    def end(self, name: str) -> None:
        """An element closes."""
        self._key = ""

    def text(self, text: str) -> None:
        """Characters arrive."""
        if self._key and text.strip():
            self.meta[self._key] = (self.meta.get(self._key, "") + text.strip())[:200]
