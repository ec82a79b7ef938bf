"""Readers: bytes of a known format to a Document, which is all that the rest of claimlint sees.

A format is one module with ``EXTENSIONS`` and ``read(path, source) -> Document`` and one line below;
modules are imported when the first file of their kind arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

from claimlint.errors import ReadError, did_you_mean
from claimlint.model import Document
from claimlint.readers.decode import LARGEST, decode

Reader = Callable[[str, str], Document]

SUFFIXES: Mapping[str, str] = MappingProxyType({
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".js": "code_js",
    ".jsx": "code_js",
    ".mjs": "code_js",
    ".cjs": "code_js",
    ".ts": "code_js",
    ".mts": "code_js",
    ".tsx": "code_js",
    ".json": "code_json",
    ".php": "code_php",
    ".phtml": "code_php",
    ".vue": "code_vue",
    ".svelte": "code_vue",
    ".astro": "code_vue",
    ".twig": "code_template",
    ".liquid": "code_template",
    ".njk": "code_template",
    ".hbs": "code_template",
    ".handlebars": "code_template",
    ".mustache": "code_template",
    ".erb": "code_template",
    ".ejs": "code_template",
    ".jinja": "code_template",
    ".jinja2": "code_template",
    ".j2": "code_template",
    ".blade.php": "code_php",
    ".yaml": "code_yaml",
    ".yml": "code_yaml",
    ".toml": "code_toml",
    ".vtt": "captions",
    ".srt": "captions",
    ".csv": "csv_table",
    ".tsv": "csv_table",
    ".po": "gettext",
    ".pot": "gettext",
    ".xliff": "xliff",
    ".xlf": "xliff",
    ".eml": "mail",
    ".mjml": "mjml",
})  # fmt: skip
"""Suffix in lower case to the module of this package that reads it. Double suffixes win over single ones."""

BINARY: Mapping[str, str] = MappingProxyType(
    {
        ".docx": "docx",
        ".docm": "docx",
        ".dotx": "docx",
        ".pptx": "pptx",
        ".pptm": "pptx",
        ".ppsx": "pptx",
        ".potx": "pptx",
        ".pdf": "pdf",
    }
)
"""The same for formats that are no text: their module has ``read_bytes(path, data) -> Document``."""

INCLUDING = (
    ".php", ".twig", ".liquid", ".njk", ".j2", ".jinja", ".jinja2", ".html", ".htm", ".shtml", ".hbs", ".handlebars", ".mustache",
    ".ejs", ".erb",
)  # fmt: skip
"""Ends of the names of files that can include others by name."""
_WITHOUT_CHARSET = frozenset(
    {".txt", ".text", ".md", ".markdown", ".mdx", ".vtt", ".srt", ".csv", ".tsv", ".po", ".pot"}
)


def suffix(path: str, extra: Mapping[str, Reader] | None = None) -> str | None:
    """The known suffix of ``path`` in lower case, the longest that fits; None where no reader knows it."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1].lower()
    start = name.find(".", 1)
    while start >= 0:
        found = name[start:]
        if found in SUFFIXES or found in BINARY or (extra is not None and found in extra):
            return found
        start = name.find(".", start + 1)
    return None


def known(path: str, extra: Mapping[str, Reader] | None = None) -> bool:
    """True where ``read`` has a reader for the suffix of ``path``, and that reader's libraries are there.

    The lock files that Word and PowerPoint leave beside open documents (~$...) are never known.
    """
    found = suffix(path, extra)
    if found in BINARY and not (extra is not None and found in extra):
        if path.replace("\\", "/").rsplit("/", 1)[-1].startswith("~$"):
            return False
        if found == ".pdf":
            from importlib.util import find_spec

            return find_spec("pypdfium2") is not None
    return found is not None


def read(
    path: str,
    data: bytes,
    *,
    encoding: str | None = None,
    name: str | None = None,
    extra: Mapping[str, Reader] | None = None,
    largest: int = LARGEST,
) -> Document:
    """The Document of a file's bytes.

    ``name`` stands in for ``path`` when the format is chosen (standard input); without a known suffix
    there, text is assumed. ``encoding`` is tried where nothing else fits. ``extra`` holds plugins'
    readers by suffix, and wins over our own. Raises ReadError where the suffix is unknown, the data can't
    be decoded or there is too much of it (``largest`` bytes).
    """
    found = suffix(name or path, extra)
    if found is None:
        if path != "-":
            raise ReadError(_unknown(path), path)
        found = ".txt"
    if found in BINARY and not (extra is not None and found in extra):
        if len(data) > largest:
            raise ReadError(f"the file has {len(data):,} bytes and the limit is {largest:,}: split it", path)
        document: Document = import_module(f"claimlint.readers.{BINARY[found]}").read_bytes(path, data)
        return document
    source = decode(data, path, encoding=encoding, declared=found not in _WITHOUT_CHARSET, largest=largest)
    return reader(found, extra)(path, source)


def reader(found: str, extra: Mapping[str, Reader] | None = None) -> Reader:
    """The reader of a suffix that ``suffix`` returned."""
    if extra is not None and found in extra:
        return extra[found]
    module = import_module(f"claimlint.readers.{SUFFIXES[found]}")
    read_source: Reader = module.read
    return read_source


def _unknown(path: str) -> str:
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    ending = "." + name.rsplit(".", 1)[1].lower() if "." in name[1:] else ""
    if not ending:
        return "the file has no suffix that names its format: rename it, or pipe it with --stdin-filename"
    return f"no reader knows the suffix '{ending}'{did_you_mean(ending, sorted(SUFFIXES))}"
