"""What a run reads: archives, folders, lists and single pages, on local disk or wherever fsspec leads.

An input becomes sources, each one file that can be read from any place in it; whatever is no page is counted by kind, and what can't be
read is said, so that nothing is left out unseen.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from claimlint.errors import MissingExtra, UsageError

ARCHIVES = (".warc", ".warc.gz", ".wet", ".wet.gz")
PAGES = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html", ".txt": "text", ".pdf": "pdf", ".docx": "docx",
}  # fmt: skip
TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
_MARKUP = re.compile(rb"\s*+(?:<!--.{0,400}?-->\s*+)?<(?:!doctype html|html|head|body)\b", re.I | re.S)
_WWW = "www."


class Source(NamedTuple):
    """One file to read. ``name`` is the input as named, ``member`` a file inside it; ``address`` leads to the bytes.

    A member of a WACZ is the stretch of ``size`` bytes at ``base``. ``pages`` are the files of a folder or list as (url, site, member).
    """

    name: str
    kind: str
    address: str
    member: str | None = None
    base: int = 0
    size: int = 0
    pages: tuple[tuple[str, str, str], ...] = ()
    stamp: str = ""


class Window(io.RawIOBase):
    """The stretch of an open file that an archive inside it takes, as a file of its own, to be read once."""

    def __init__(self, file: Any, base: int, size: int) -> None:
        self._file = file
        self._left = size
        file.seek(base)

    def readable(self) -> bool:
        """True: that is all it is for."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Reads up to the end of the stretch."""
        data = self._file.read(min(len(buffer), self._left))
        buffer[: len(data)] = data
        self._left -= len(data)
        return len(data)

    def close(self) -> None:
        """Closes the file, too."""
        self._file.close()
        super().close()


def filesystem(address: str) -> tuple[Any, str]:
    """The fsspec file system of an address and the path in it. Raises UsageError or MissingExtra."""
    try:
        import fsspec
    except ImportError:
        raise MissingExtra("claimlint batch", "batch") from None
    try:
        found: tuple[Any, str] = fsspec.core.url_to_fs(address)
        return found
    except (ImportError, ValueError) as error:
        raise UsageError(f"{address}: can't be opened: {error}") from None


def opened(source: Source) -> Any:
    """The source's bytes as a file, from its start."""
    fs, path = filesystem(source.address)
    file = fs.open(path, "rb")
    return (
        io.BufferedReader(Window(file, source.base, source.size), 1 << 20) if source.kind == "wacz" else file
    )


def place(source: Source, member: str | None) -> tuple[Any, str]:
    """The file system and path of a page that is a file of its own."""
    if source.kind == "list" and member:
        if "://" in member:
            return filesystem(member)
        fs, path = filesystem(source.address)
        return fs, posixpath.join(posixpath.dirname(path), member)
    fs, path = filesystem(source.address)
    return fs, f"{path.rstrip('/')}/{member}" if member else path


def sources(inputs: Sequence[str], lists: Sequence[str] = ()) -> list[Source]:
    """The sources of all inputs, in order. Raises UsageError for one that isn't there or holds nothing to read."""
    found = [source for name in inputs for source in _input(name)]
    found += [_list(name) for name in lists]
    if not found:
        raise UsageError("nothing to read: name an archive (WARC, WACZ, WET), a folder or a list of pages")
    return found


def site_of(url: str) -> str:
    """The host of an address in lower case, without ``www.`` and port; empty where there is none."""
    try:
        host = (urlsplit(url).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""
    return host.removeprefix(_WWW)


def kind_of(content_type: str | None, start: bytes) -> str | None:
    """The reader of a recorded content type; where it says nothing, of the first bytes. None: no page."""
    named = (content_type or "").split(";")[0].strip().lower()
    if named in TYPES:
        return TYPES[named]
    if named in ("", "application/octet-stream", "unknown/unknown", "text/*"):
        if _MARKUP.match(start):
            return "html"
        if start.startswith(b"%PDF-"):
            return "pdf"
    return None


def _input(name: str) -> list[Source]:
    fs, path = filesystem(name)
    local = "://" not in name
    try:
        if fs.isdir(path):
            return _folder(name, fs, path)
        info = fs.info(path)
    except FileNotFoundError:
        raise UsageError(f"{name}: there is no such file or folder") from None
    except OSError as error:
        raise UsageError(f"{name}: can't be read: {error}") from None
    if info.get("type") != "file":
        raise UsageError(f"{name}: is neither a file nor a folder")
    made = _file(name, name, fs, path, info)
    if made:
        return made
    suffix = posixpath.splitext(path)[1].lower()
    if suffix in PAGES:
        site = posixpath.basename(posixpath.dirname(path)) or "pages"
        return [
            Source(
                name,
                "file",
                name,
                pages=((posixpath.basename(path), site, ""),),
                size=info["size"],
                stamp=_stamp(info),
            )
        ]
    kinds = ", ".join((*ARCHIVES, ".wacz", *PAGES))
    hint = "; a list of pages is named with --list" if suffix in (".tsv", ".csv", ".lst") and local else ""
    raise UsageError(f"{name}: not a kind of file that can be read; known: {kinds}{hint}")


def _file(name: str, address: str, fs: Any, path: str, info: dict[str, Any]) -> list[Source]:
    lower = path.lower()
    if lower.endswith(ARCHIVES):
        kind = "wet" if ".wet" in lower else "warc"
        return [Source(name, kind, address, size=info["size"], stamp=_stamp(info))]
    if lower.endswith(".wacz"):
        return _wacz(name, address, fs, path, info)
    return []


def _folder(name: str, fs: Any, path: str) -> list[Source]:
    top = path.rstrip("/")
    archives: list[Source] = []
    pages: list[tuple[str, str, str]] = []
    size, stamps = 0, []
    label = posixpath.basename(top) or "pages"
    for file, info in sorted(fs.find(top, detail=True).items()):
        if info.get("type") != "file" or info.get("islink"):
            continue
        below = file[len(top) :].lstrip("/")
        if any(part.startswith(".") for part in below.split("/")):
            continue
        made = _file(f"{name.rstrip('/')}/{below}", f"{name.rstrip('/')}/{below}", fs, file, info)
        if made:
            archives += made
            continue
        suffix = posixpath.splitext(below)[1].lower()
        if suffix in PAGES or not suffix:
            site = below.split("/")[0] if "/" in below else label
            pages.append((below, site.lower().removeprefix(_WWW), below))
            size += info["size"]
            stamps.append(_stamp(info))
    if pages:
        archives.append(Source(name, "folder", name, size=size, pages=tuple(pages), stamp="\n".join(stamps)))
    if not archives:
        raise UsageError(f"{name}: this folder holds no archive and no page")
    return archives


def _list(name: str) -> Source:
    """Pages by list: a line is a file, or the page's address, a tab and its file; files as seen from the list."""
    fs, path = filesystem(name)
    try:
        text = fs.cat_file(path).decode("utf-8")
        info = fs.info(path)
    except FileNotFoundError:
        raise UsageError(f"--list: {name}: there is no such file") from None
    except UnicodeDecodeError:
        raise UsageError(f"--list: {name}: is not UTF-8 text") from None
    folder = posixpath.dirname(path)
    pages = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        url, tab, file = line.rpartition("\t")
        file = file.strip()
        url = url.strip() if tab else file
        target = posixpath.join(folder, file)
        site = site_of(url) if tab else posixpath.basename(posixpath.dirname(target))
        if not file or (tab and not site):
            raise UsageError(
                f"--list: {name}:{number}: write the page's address, a tab and its file, or a file alone"
            )
        pages.append((url, site or "pages", file))
    if not pages:
        raise UsageError(f"--list: {name}: lists no page")
    return Source(name, "list", name, size=info["size"], pages=tuple(pages), stamp=_stamp(info))


def _wacz(name: str, address: str, fs: Any, path: str, info: dict[str, Any]) -> list[Source]:
    """The archives inside a WACZ. They are stored, not compressed again, so that each can be read in place."""
    import zipfile

    found = []
    try:
        with fs.open(path, "rb") as file, zipfile.ZipFile(file) as archive:
            for member in archive.infolist():
                if not member.filename.lower().endswith(ARCHIVES):
                    continue
                if member.compress_type != zipfile.ZIP_STORED:
                    raise UsageError(
                        f"{name}: {member.filename} is compressed inside the WACZ, so its records can't be found again: "
                        "unpack the WACZ and name the archives in it"
                    )
                file.seek(member.header_offset + 26)
                lengths = file.read(4)
                head = 30 + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
                found.append(
                    Source(
                        name,
                        "wacz",
                        address,
                        member.filename,
                        member.header_offset + head,
                        member.file_size,
                        (),
                        _stamp(info),
                    )
                )
    except zipfile.BadZipFile as error:
        raise UsageError(f"{name}: is no whole WACZ ({error}): fetch it again") from None
    if not found:
        raise UsageError(f"{name}: this WACZ holds no archive")
    return found


def _stamp(info: dict[str, Any]) -> str:
    """Size and time of change, as far as the file system tells: whether an input is still the same."""
    when = info.get("mtime") or info.get("LastModified") or info.get("ETag") or info.get("etag") or ""
    return f"{info.get('name', '')} {info.get('size', '')} {when}"
