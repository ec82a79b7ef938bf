"""Files that a page's source pulls in by a name that it spells out: a layout, a footer, a notice kept in one place.

Only what stands below the settings' folder is ever followed, and only to look for notices: an included file is copy of its own, which is
checked where it stands.
"""

import os
import re

from claimlint.config import Settings

_MOST = 20
_DEEPEST = 3
_NAME = r"""["']([^"'\n]{1,200})["']"""
_INCLUDE = (  # compiled when a page is first asked
    rf"\{{%-?\s*(?:include|include_cached|extends|embed|render|import|section)\s+{_NAME}"  # Twig, Jinja, Nunjucks, Liquid
    r"|\{%-?\s*include(?:_cached)?\s+([\w./-]{1,200}\.\w{2,6})"  # Jekyll
    rf"|\{{\{{-?\s*(?:>\s*|partial\s+){_NAME}"  # Hugo
    r"|\{\{>\s*([\w./-]{1,200})"  # Handlebars
    rf"|\b(?:include|require)(?:_once)?\b\s*\(?\s*(?:[\w:$>()-]{{1,60}}\s*\.\s*)?{_NAME}"  # PHP
    rf"|@(?:include|extends|component|includeIf)\s*\(\s*{_NAME}"  # Blade
    r"""|<!--#include\s+(?:file|virtual)\s*=\s*["']([^"'\n]{1,200})"""  # a server's own
    rf"|<%-?\s*include\s*\(?\s*{_NAME}"  # EJS
    r"|\bget_(header|footer)\s*\(\s*\)"  # WordPress
)
_FOLDERS = (
    "", "_includes", "includes", "include", "partials", "_partials", "templates", "layouts", "_layouts", "views", "resources/views",
    "snippets", "sections", "layouts/partials", "src/_includes",
)  # fmt: skip
"""Where frameworks keep such files, below the page's own folder or one above it."""
_ENDS = (
    "",
    ".html",
    ".php",
    ".blade.php",
    ".twig",
    ".html.twig",
    ".liquid",
    ".njk",
    ".hbs",
    ".ejs",
    ".erb",
    ".md",
)


def names(source: str) -> list[str]:
    """The names of files that a source includes, in order, each once; linear in its length."""
    found: dict[str, None] = {}
    for match in re.finditer(_INCLUDE, source):
        name = match[match.lastindex or 0]
        found[f"{name}.php" if match[0].startswith("get_") else name] = None
        if len(found) >= _MOST:
            break
    return list(found)


def followed(file: str, source: str, settings: Settings) -> list[str]:
    """The files that ``file`` includes, and that these include, as absolute paths; what can't be found is left out."""
    root = os.path.realpath(settings.root)
    found: list[str] = []
    waiting = [(os.path.realpath(file), source, 0)]
    while waiting and len(found) < _MOST:
        page, text, depth = waiting.pop(0)
        for name in names(text):
            other = _place(name, os.path.dirname(page), root)
            if other is None or other == os.path.realpath(file) or other in found:
                continue
            found.append(other)
            if depth + 1 < _DEEPEST:
                waiting.append((other, _read(other), depth + 1))
    return found[:_MOST]


def _place(name: str, folder: str, root: str) -> str | None:
    """The file that a name means, seen from the including page's folder and from those above it up to ``root``."""
    plain = name.lstrip("/").removeprefix("./")
    spellings = [plain, plain.replace(".", "/")] if "/" not in plain and "." in plain else [plain]
    while folder == root or folder.startswith(root + os.sep):
        for below in _FOLDERS:
            for spelling in spellings:
                for end in _ENDS:
                    path = os.path.join(folder, below, spelling + end)
                    if os.path.isfile(path):  # only then, since following links costs far more
                        path = os.path.realpath(path)
                        if path.startswith(root + os.sep):
                            return path
        if folder == root:
            return None
        folder = os.path.dirname(folder)
    return None


def _read(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return file.read(500_000).decode("utf-8", "replace")
    except OSError:
        return ""
