"""What MkDocs needs to build the site from pages that are written for code hosts: a hook, named in mkdocs.yml.

The pages link to files of the repository, which the site takes along below ``source/``, so that it is complete without a
server of ours or anybody's. Where the two dialects of Markdown differ, this bridges them; the pages stay as they are.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files, InclusionLevel
from pymdownx.slugs import slugify

ROOT = Path(__file__).resolve().parents[1]
SHOWN = {".py": "python", ".yaml": "yaml", ".yml": "yaml", ".json": "json", ".toml": "toml", ".txt": "text"}
"""Suffixes of files that the site shows as a page; others are taken along as they are."""

LINK = re.compile(r"(!?\[[^\]\n]*\])\((?![a-z]+:|#)([^)\s#]+)(#[^)\s]*)?\)")
FENCE = re.compile(r"^ *```")
ITEM = re.compile(r"^( *)(?:[-*] |\d+\. )")


def on_config(config: Any) -> Any:
    """Anchors as code hosts make them, so that the same links lead somewhere here and there."""
    config.mdx_configs.setdefault("toc", {})["slugify"] = slugify(case="lower")
    return config


def on_files(files: Files, config: Any) -> Files:
    """Adds the files outside docs/ that some page links to."""
    waiting = [file.src_uri for file in files if file.src_uri.endswith(".md")]
    while waiting:
        uri = waiting.pop()
        for path, _ in _outside(_origin(uri)):
            made = _taken_along(path, config)
            if files.get_file_from_path(made.src_uri) is None:
                files.append(made)
                if path.suffix == ".md":
                    waiting.append(made.src_uri)
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """The page in the dialect of MkDocs, its links within the site."""
    uri: str = page.file.src_uri
    if uri.endswith(_code_suffixes()):
        return markdown
    return _relinked(_spaced(markdown), uri)


def _code_suffixes() -> tuple[str, ...]:
    return tuple(f"{suffix}.md" for suffix in SHOWN)


def _origin(uri: str) -> Path:
    """The file that a page of the site was made from."""
    return ROOT / uri.removeprefix("source/") if uri.startswith("source/") else ROOT / "docs" / uri


def _outside(origin: Path) -> Iterator[tuple[Path, str]]:
    """The files outside docs/ that a page links to, with the link as written."""
    if origin.suffix != ".md":
        return
    for _, target, _ in LINK.findall(_prose(origin.read_text(encoding="utf-8"))):
        path = Path(os.path.normpath(origin.parent / target))
        if path.is_file() and ROOT in path.parents and ROOT / "docs" not in path.parents:
            yield path, target


def _prose(text: str) -> str:
    lines, inside = [], False
    for line in text.splitlines():
        inside ^= bool(FENCE.match(line))
        lines.append("" if inside else line)
    return "\n".join(lines)


def _uri(path: Path) -> str:
    """Where the site keeps a file of the repository."""
    if ROOT / "docs" in path.parents:
        return path.relative_to(ROOT / "docs").as_posix()
    name = path.relative_to(ROOT).as_posix()
    return f"source/{name}.md" if path.suffix in SHOWN else f"source/{name}"


def _taken_along(path: Path, config: Any) -> File:
    uri = _uri(path)
    if path.suffix not in SHOWN:
        return File.generated(config, uri, abs_src_path=str(path), inclusion=InclusionLevel.NOT_IN_NAV)
    code = path.read_text(encoding="utf-8")
    fence = "`" * (max((len(run) for run in re.findall("`+", code)), default=0) + 3)
    name = path.relative_to(ROOT).as_posix()
    head = f"---\ntitle: {name}\nsearch:\n  exclude: true\n---\n\n"
    content = f"{head}{fence}{SHOWN[path.suffix]}\n{code.rstrip()}\n{fence}\n"
    return File.generated(config, uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV)


def _relinked(text: str, uri: str) -> str:
    """Links to files of the repository lead to where the site keeps them; a folder has no page and loses its link."""
    origin = _origin(uri)

    def moved(found: re.Match[str]) -> str:
        words, target, anchor = found[1], found[2], found[3] or ""
        path = Path(os.path.normpath(origin.parent / target))
        if path.is_dir():
            return words.strip("![]")
        if not path.is_file() or ROOT not in path.parents:
            return found[0]
        return f"{words}({posixpath.relpath(_uri(path), posixpath.dirname(uri) or '.')}{anchor})"

    lines, inside = [], False
    for line in text.splitlines():
        inside ^= bool(FENCE.match(line))
        lines.append(line if inside else LINK.sub(moved, line))
    return "\n".join(lines) + "\n"


def _spaced(text: str) -> str:
    """Lists and tables that follow a line of text directly get the empty line that MkDocs wants; items are indented by four."""
    lines: list[str] = []
    inside = False
    loose = (
        False  # whether the present item holds an empty line, after which the next item needs one before it
    )
    width = 0
    for line in text.splitlines():
        fence = bool(FENCE.match(line))
        before = lines[-1] if lines else ""
        if not inside:
            item = ITEM.match(line)
            if item and before.strip() and not ITEM.match(before) and (loose or not width):
                lines.append("")
            loose = bool(width) and not item and (loose or not line.strip())
            if item and not item[1]:
                width = len(item[0])
            elif line.strip() and not line.startswith(" "):
                width = 0
            if line.startswith("|") and before.strip() and not before.startswith("|"):
                lines.append("")
        indent = len(line) - len(line.lstrip(" "))
        lines.append(" " * (4 - width) + line if width and 0 < width < 4 and indent >= width else line)
        inside ^= fence
    return "\n".join(lines) + "\n"


def on_post_build(config: Any) -> None:
    """Takes the addresses of other hosts out of the theme's scripts, which would load parts from there in old browsers."""
    for path in Path(config.site_dir, "assets", "javascripts").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"https://unpkg\.com/[\w./@-]*", "", text), encoding="utf-8")
    for path in Path(config.site_dir).rglob("*.js.map"):
        path.unlink()
