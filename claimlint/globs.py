"""Path patterns in the manner of .gitignore, for that file itself and for the settings that name paths.

They are matched component by component and never by one large regular expression, so that a hostile
pattern costs no more than its length times that of the path.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

LONGEST = 1000
"""Longer patterns are ignored: no honest one comes near."""

_CLASSES = {
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "alnum": "a-zA-Z0-9",
    "upper": "A-Z",
    "lower": "a-z",
    "space": r"\s",
}
_NEVER = re.compile(r"(?!)")

Part = str | re.Pattern[str] | None
"""One component of a pattern: literal text, a compiled wildcard, or None for ``**``."""


class Glob(NamedTuple):
    """One compiled pattern; ``anchored`` ones match a whole path, others a last component."""

    parts: tuple[Part, ...]
    anchored: bool
    folders_only: bool
    negated: bool


def parse(line: str) -> Glob | None:
    """The pattern on one line of a .gitignore, or None for a blank, a comment or nothing that can match."""
    line = line.rstrip("\r\n")
    while line.endswith((" ", "\t")) and not line.endswith(("\\ ", "\\\t")):
        line = line[:-1]
    if not line or line.startswith("#") or len(line) > LONGEST:
        return None
    negated = line.startswith("!")
    if negated:
        line = line[1:]
    folders_only = line.endswith("/")
    if folders_only:
        line = line[:-1]
    anchored = "/" in line
    pieces = line.removeprefix("/").split("/")
    if not any(pieces):
        return None
    if not anchored:
        return Glob((_part(pieces[0].replace("**", "*")),), False, folders_only, negated)
    return Glob(
        tuple(None if piece == "**" else _part(piece) for piece in pieces), True, folders_only, negated
    )


def parse_all(lines: Iterable[str]) -> tuple[Glob, ...]:
    """All patterns of some lines, in order."""
    return tuple(glob for glob in map(parse, lines) if glob is not None)


def _part(piece: str) -> str | re.Pattern[str]:
    if not any(char in piece for char in "*?[\\"):
        return piece
    chunks: list[str] = [""]
    at = 0
    while at < len(piece):
        char = piece[at]
        at += 1
        if char == "*":
            if chunks[-1] or len(chunks) == 1:
                chunks.append("")
        elif char == "?":
            chunks[-1] += "[^/]"
        elif char == "[":
            found = _bracket(piece, at)
            if found is None:
                return _NEVER
            text, at = found
            chunks[-1] += text
        elif char == "\\":
            if at == len(piece):
                return _NEVER
            chunks[-1] += re.escape(piece[at])
            at += 1
        else:
            chunks[-1] += re.escape(char)
    # Each star but the last takes the first place that fits and keeps it (atomic group), which finds a
    # match wherever there is one and can't backtrack.
    first, *rest = chunks
    middle = "".join(f"(?>.*?{chunk})" for chunk in rest[:-1])
    try:
        return re.compile(first + middle + (f".*{rest[-1]}" if rest else ""), re.DOTALL)
    except re.error:
        return _NEVER


def _bracket(piece: str, at: int) -> tuple[str, int] | None:
    """The character class that opens just before ``at``, as a regular expression, and where it ends."""
    inverted = piece[at : at + 1] in ("!", "^")
    if inverted:
        at += 1
    body, first = "", True
    while at < len(piece):
        char = piece[at]
        if char == "]" and not first:
            return f"[{'^' if inverted else ''}{body}]", at + 1
        first = False
        if char == "[" and piece[at + 1 : at + 2] == ":":
            end = piece.find(":]", at)
            if end > 0 and piece[at + 2 : end] in _CLASSES:
                body += _CLASSES[piece[at + 2 : end]]
                at = end + 2
                continue
        if char == "\\":
            at += 1
            if at == len(piece):
                return None
            char = re.escape(piece[at])
            body += char if len(char) > 1 else piece[at]
        else:
            body += f"\\{char}" if char in "[]^\\&~|" else char
        at += 1
    return None


def _fits(part: Part, name: str) -> bool:
    if isinstance(part, str):
        return part == name
    return part is not None and part.fullmatch(name) is not None


def _each(glob: Glob, names: Sequence[str]) -> Iterator[bool]:
    """For each path that some first components of ``names`` make, shortest first, whether it fits; ``**`` takes any number,
    at the end at least one. One pass, so that a deep path costs no more than its length times the pattern's.
    """
    parts = glob.parts
    if not glob.anchored:
        for name in names:
            yield _fits(parts[0], name)
        return
    reached = {0}
    for name in names:
        after: set[int] = set()
        for state in _skip(parts, reached):
            if state < len(parts):
                if parts[state] is None:
                    after.add(state)
                    if state == len(parts) - 1:
                        after.add(len(parts))
                elif _fits(parts[state], name):
                    after.add(state + 1)
        reached = after
        yield len(parts) in reached


def _skip(parts: Sequence[Part], states: set[int]) -> set[int]:
    """The states reached from ``states`` by letting a ``**`` that isn't the last part take nothing."""
    reached = set(states)
    for state in states:
        at = state
        while at < len(parts) - 1 and parts[at] is None:
            at += 1
            reached.add(at)
    return reached


def fits(glob: Glob, path: str, *, folder: bool) -> bool:
    """Whether ``path`` (POSIX, relative to where the pattern stands) is what ``glob`` names."""
    if glob.folders_only and not folder:
        return False
    names = path.split("/")
    if not glob.anchored:
        return _fits(glob.parts[0], names[-1])
    if None not in glob.parts:
        return len(glob.parts) == len(names) and all(map(_fits, glob.parts, names))
    return list(_each(glob, names))[-1]


def verdict(globs: Sequence[Glob], path: str, *, folder: bool) -> bool | None:
    """What the last pattern that fits says: True ignores, False takes back, None where none fits."""
    for glob in reversed(globs):
        if fits(glob, path, folder=folder):
            return not glob.negated
    return None


@lru_cache(maxsize=256)
def _compiled(patterns: tuple[str, ...]) -> tuple[Glob, ...]:
    return parse_all(patterns)


def covers(patterns: tuple[str, ...], path: str) -> bool:
    """Whether a file, or a folder above it, fits ``patterns`` (a later ``!pattern`` takes back)."""
    if not patterns:
        return False
    names = path.split("/")
    told = [(glob, list(_each(glob, names))) for glob in reversed(_compiled(patterns))]
    for depth in range(len(names)):
        folder = depth < len(names) - 1
        for glob, fitting in told:  # the last pattern that fits decides
            if fitting[depth] and (folder or not glob.folders_only):
                if not glob.negated:
                    return True
                break
    return False
