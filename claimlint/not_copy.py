"""Knows the files that lie beside the copy and are none: parts and settings of programs, and claimlint's own.

A walk passes them over and says how many there were; the lists are data, and no reader decides by a file's name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence

from claimlint.config import Settings

_DATA = frozenset({"json", "toml", "yaml", "yml"})
_SCRIPTS = frozenset({"cjs", "js", "jsx", "mjs", "mts", "ts", "tsx"})
_CODE = _SCRIPTS | {"php", "phtml"}
_TOOLS = {
    "json": "angular app.config biome block bower components composer deno firebase installed launch lerna manifest"
    " nest-cli nx package renovate settings theme tslint turbo vercel",
    "toml": "bunfig cargo config deno fly gitleaks hugo netlify poetry pyproject rustfmt wrangler",
    "yaml": "_config action app appveyor azure-pipelines bitbucket-pipelines cloudbuild codecov compose dependabot"
    " docker-compose mkdocs netlify pnpm-workspace render serverless",
}
TOOL_FILES = frozenset(
    f"{name}.{ending}"
    for kind, names in _TOOLS.items()
    for name in names.split()
    for ending in (("yaml", "yml") if kind == "yaml" else (kind,))
)
"""Settings of programs, by name. Files whose name starts with a dot are settings too, in any data or code format."""
_TOOL_STARTS = ("jsconfig", "openapi", "swagger", "tsconfig")
_TOOL_ENDS = ("-ci", "-lock", ".lock", ".schema")
TOOL_FOLDERS = frozenset(
    {".circleci", ".devcontainer", ".github", ".gitlab", ".husky", ".storybook", ".vscode"}
)
_CODE_FOLDERS = frozenset({"__mocks__", "__tests__", "migrations", "test", "tests"})
_PARTS = frozenset({"bundle", "config", "d", "min", "spec", "stories", "test"})
"""What stands between dots in the name of a script that holds no copy: ``menu.test.ts``, ``site.min.js``."""
_LIBRARIES = ("bootstrap.", "bootstrap-", "jquery.", "jquery-", "polyfill", "vendor.", "vendors.")

_BUILT = (  # compiled when a script is first walked, which most runs never do
    r"/\*!|@license|@preserve|__webpack|webpackBootstrap|typeof exports|define\.amd|\b(?:jQuery|\$)\.fn\b|\bace\.define\("
    r"|Copyright (?:\(c\)|©)|\(c\) \d{4}"
)
_HEAD = 3_000

_REPORTS = (  # how reports of our own begin, by what their names end in
    (
        (".html", ".htm"),
        r"<!doctype html>\s+<html[^>]*>\s+<head>[^\0]{0,900}?<meta name=\"referrer\"[^\0]{0,200}?<title>claimlint\b",
    ),
    (
        (".json",),
        (
            r"\{\s*\"version\": 1,\s*\"(?:tool\": \{\s*\"name\": \"claimlint\""
            r"|claims\": \[\s*(?:\{\s*\"path\": [^\n]{1,400}?,\s*\"start\":|\]))"
            r"|\{[^\0]{0,300}?\"driver\": \{\s*\"name\": \"claimlint\""
        ),
    ),
    ((".csv",), r"path,[a-z_,]*\bseverity,[a-z_,]*\bfingerprint\b"),
    ((".md",), r"## claimlint\r?\n\r?\n(?:\d+ (?:error|warning|note)|no |nothing )"),
    ((".txt",), r"[^\r\n:]{1,300}:\d+:\d+ (?:error|warning|note) [a-z0-9-]+(?:/[a-z0-9-]+)+ "),
)

OWN_NAMES = frozenset({".claimlint.yaml", ".claimlint-baseline"})


def program_file(path: str) -> bool:
    """Whether ``path`` (POSIX, below the folder that is walked) names a part or the settings of a program."""
    *folders, name = path.lower().split("/")
    if name in TOOL_FILES or not TOOL_FOLDERS.isdisjoint(folders):
        return True
    stem, _, ending = name.rpartition(".")
    if ending in _DATA:
        return stem[:1] in ("", ".") or stem.startswith(_TOOL_STARTS) or stem.endswith(_TOOL_ENDS)
    if ending not in _CODE:
        return False
    if stem[:1] in ("", ".") or not _CODE_FOLDERS.isdisjoint(folders):
        return True
    if ending in ("php", "phtml"):
        return "wp-content/plugins/" in path.lower()
    return (
        not _PARTS.isdisjoint(stem.split(".")[1:])
        or stem.endswith("-min")
        or (ending in ("js", "cjs", "mjs") and (name.startswith(_LIBRARIES) or "min" in folders))
    )


def built_file(path: str, data: bytes) -> bool:
    """Whether a script is a library, minified or generated, as the start of ``data`` or its long lines show."""
    if not path.lower().endswith(("js", "mjs", "cjs")):
        return False
    if re.search(_BUILT, data[:_HEAD].decode("utf-8", "replace")):
        return True
    length = len(data)
    if length < 2 * _HEAD or length < 400 * (data.count(b"\n") + 1):
        return False
    sample = data[length // 4 : length // 4 + 20_000]
    return sample.count(b" ") * 12 < len(sample)


def own_report(path: str, data: bytes) -> bool:
    """Whether a file begins as a report of claimlint's own does: it quotes what was found, and is no copy."""
    name = path.lower()
    for endings, begins in _REPORTS:
        if name.endswith(endings):
            return bool(re.match(begins, data[:_HEAD].decode("utf-8", "replace")))
    return False


def own_material(settings: Settings, files: Sequence[str] = ()) -> Callable[[str], bool]:
    """A function that tells of a real path whether it is claimlint's own material under ``settings``.

    That is: settings and baseline files, what lies in folders of rules, and files of evidence; ``files`` are
    further ones. In a folder of rules that holds the settings' own folder only YAML counts, or no copy would be left.
    """
    exact = {os.path.realpath(path) for path in (*settings.evidence, *files)}
    if settings.origin:
        exact.add(os.path.realpath(settings.origin))
    root = os.path.realpath(settings.root) + os.sep
    folders = [os.path.realpath(name).rstrip(os.sep) + os.sep for name in settings.rulesets if os.sep in name]

    def own(path: str) -> bool:
        if path in exact or path.rsplit(os.sep, 1)[-1] in OWN_NAMES:
            return True
        return any(
            path.startswith(folder)
            and (not root.startswith(folder) or path.lower().endswith((".yaml", ".yml")))
            for folder in folders
        )

    return own
