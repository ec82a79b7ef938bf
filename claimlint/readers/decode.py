"""Bytes to text, in the order that the contract fixes: BOM, declared charset, UTF-8, the settings' encoding.

A wrong guess would shift every offset and silence every rule, so what fits none of these is an error.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from claimlint.errors import ReadError

LARGEST = 10_000_000
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,200}?\bcharset\s*+=\s*+["']?\s*+([A-Za-z0-9_.:-]{2,40})"""
    rb"""|<\?xml\b[^>]{0,100}?\bencoding\s*+=\s*+["']([A-Za-z0-9_.:-]{2,40})""",
    re.I,
)
_MAIL = re.compile(
    rb"(?m)^content-type:[^\n]{0,200}(?:\n[ \t][^\n]{0,200}){0,3}?charset\s*+=\s*+\"?([A-Za-z0-9_.:-]{2,40})",
    re.I,
)
"""Of a mail, or of a part of it; most parts are 7-bit, so that it counts only where the bytes are no UTF-8."""
_ACCEPTED = re.compile(
    r"utf-?8|us-ascii|ascii|latin-?1|iso[-_]?8859[-_]?\d{1,2}|windows-?\d{3,4}|cp\d{3,4}|koi8-[ru]|shift[_-]?jis"
    r"|euc-(?:jp|kr)|gbk|gb2312|gb18030|big5|macintosh|mac-roman",
    re.I,
)
_AS_WINDOWS_1252 = frozenset({"ascii", "iso8859-1"})


def decode(
    data: bytes, path: str = "", *, encoding: str | None = None, declared: bool = True, largest: int = LARGEST
) -> str:
    """The text of ``data``; a byte order mark stays as its first character.

    ``declared`` says whether a charset named in the first 1024 bytes counts (it does in markup).
    ``encoding`` is the settings' last resort. Raises ReadError for data over ``largest`` bytes, for
    binary data and for text that fits no known encoding.
    """
    if len(data) > largest:
        raise ReadError(
            f"the file has {len(data):,} bytes and the limit is {largest:,}: split it, or exclude it", path
        )
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _checked(_strict(data, name, path), path)
    if b"\0" in data:
        raise ReadError(
            "this is binary data, not text (it holds NUL bytes): exclude it, or save it as text", path
        )
    charset = _declaration(data) if declared else None
    if charset is not None:
        text = _attempt(data, charset)
        if text is not None:
            return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        fault = error
    if path.lower().endswith((".eml", ".mht", ".mhtml")):
        for match in _MAIL.finditer(data):
            charset = _known(match[1].decode("ascii"))
            text = _attempt(data, charset) if charset not in (None, "utf-8", "ascii") else None
            if text is not None:
                return text
    if encoding is not None:
        return _checked(_strict(data, encoding, path), path)
    line = data.count(b"\n", 0, fault.start) + 1
    raise ReadError(
        f"byte {fault.start} (0x{data[fault.start]:02x}) is not valid UTF-8: save the file as UTF-8, "
        "or name its encoding in the settings (encoding: windows-1252)",
        path,
        line,
    )


def _declaration(data: bytes) -> str | None:
    match = _DECLARED.search(data, 0, 1024)
    if match is None:
        return None
    return _known((match.group(1) or match.group(2)).decode("ascii"))


def _known(label: str) -> str | None:
    """Python's name of an encoding that pages are written in; None for another."""
    if not _ACCEPTED.fullmatch(label):
        return None
    try:
        return codecs.lookup(label).name
    except LookupError:
        return None


def _attempt(data: bytes, name: str) -> str | None:
    # Pages that say ISO-8859-1 mean Windows-1252: browsers read them so, and their dashes and quotes need it.
    for candidate in ("cp1252", "latin-1") if name in _AS_WINDOWS_1252 else (name,):
        try:
            return data.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
    return None


def _strict(data: bytes, name: str, path: str) -> str:
    try:
        text = data.decode(name)
    except (LookupError, TypeError):
        raise ReadError(
            f"'{name}' is no encoding that Python knows: name another in the settings", path
        ) from None
    except (UnicodeDecodeError, UnicodeError) as error:
        raise ReadError(f"the file is not valid {name} ({error.args[-1]}): save it as UTF-8", path) from None
    if not isinstance(text, str):
        raise ReadError(f"'{name}' is no text encoding: name another in the settings", path)
    return text


def _checked(text: str, path: str) -> str:
    if "\0" in text:
        raise ReadError("this is binary data, not text (it holds NUL characters): exclude it", path)
    return text


def decode_anyhow(data: bytes, charset: str | None = None) -> tuple[str, str, int]:
    """The text of a web page as a browser would decode it, its encoding, and how many characters did not fit and became U+FFFD.

    A page on the web is shown to its readers however badly it is encoded, so that nothing about it may be left unread: a byte order mark
    decides, then ``charset`` (of the HTTP header), then the page's own declaration, then UTF-8. NUL becomes U+FFFD, too.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _shown(data.decode(name, "replace"), name)
    names: list[str] = []
    if charset is not None and _ACCEPTED.fullmatch(charset.strip()):
        with suppress(LookupError):
            names.append(codecs.lookup(charset.strip()).name)
    declared = _declaration(data)
    names += [name for name in (declared, "utf-8") if name is not None and name not in names]
    for name in names:
        text = _attempt(data, name)
        if text is not None:
            return _shown(text, "windows-1252" if name in _AS_WINDOWS_1252 else name)
    return _shown(data.decode(names[0], "replace"), names[0])


def _shown(text: str, name: str) -> tuple[str, str, int]:
    strange = text.count("\0")
    return text.replace("\0", "\ufffd"), name, strange + text.count("\ufffd")
