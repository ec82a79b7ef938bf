"""Which lines of which files differ from an earlier state in git, so that a review sees only what is new.

git itself is asked, with everything off that could run a program of the repository's choosing; its answer is
read as data.
"""

from __future__ import annotations

import os
import re
import subprocess
from bisect import bisect_left
from collections.abc import Iterable, Mapping

from claimlint.errors import UsageError
from claimlint.model import Checked, Finding, Run, replace

_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.S)
_NAMED = {b"a": b"\a", b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
_PAGE_KINDS = frozenset({"required", "call-to-action"})

Lines = Mapping[str, frozenset[int] | None]
"""Real path of each changed file to the numbers of its changed lines; None where the whole file is new."""


def since(revision: str, folder: str) -> Lines:
    """The lines that differ from ``revision`` in the work tree around ``folder``, new files included.

    Raises UsageError where there is no git, no repository or no such revision.
    """
    if revision.startswith("-"):
        raise UsageError(f"--since: '{revision}' is no revision; write a branch, a tag or a commit")
    root = os.fsdecode(_git(folder, "rev-parse", "--show-toplevel")).rstrip("\n")
    commit = _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
    options = ("--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", "--no-prefix")
    found: dict[str, frozenset[int] | None] = dict(
        _parsed(_git(root, "diff", *options, "--text", commit, "--"), root)
    )
    others = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    for name in others.split(b"\0"):
        if name:
            found[os.path.realpath(os.path.join(root, os.fsdecode(name)))] = None
    return found


def _git(folder: str, *arguments: str) -> bytes:
    quiet = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=true", "-c", "diff.noprefix=true")
    try:
        done = subprocess.run(["git", "-C", folder, *quiet, *arguments], capture_output=True, check=False)
    except OSError as error:
        raise UsageError(f"--since needs git: {error.strerror or error}") from None
    if done.returncode:
        if arguments[0] == "rev-parse" and "--verify" in arguments:
            name = arguments[-1].removesuffix("^{commit}")
            raise UsageError(
                f"--since: git knows no revision '{name}' here; in CI, fetch the branch that you compare with"
            )
        said = os.fsdecode(done.stderr).strip().split("\n")[0]
        raise UsageError(f"--since: git can't compare: {said or 'it gave no reason'}")
    return done.stdout


def _parsed(patch: bytes, root: str) -> Iterable[tuple[str, frozenset[int] | None]]:
    """Each file of a patch without context with the lines that it adds, or between which it takes some away."""
    path: str | None = None
    new = False
    lines: set[int] = set()
    left = 0
    for raw in patch.split(b"\n"):
        if left:  # the body of a hunk: never to be read as a header
            left -= raw[:1] in b"+-" and raw[:1] != b""
            continue
        if raw.startswith(b"diff --git "):
            if path is not None:
                yield path, None if new else frozenset(lines)
            path, new, lines = None, False, set()
        elif raw.startswith(b"new file mode"):
            new = True
        elif raw.startswith(b"+++ ") and raw != b"+++ /dev/null":
            path = os.path.realpath(os.path.join(root, os.fsdecode(_unquoted(raw[4:]))))
        elif raw.startswith(b"@@ "):
            left = _size(raw)
            found = _HUNK.match(raw.decode("utf-8", "replace"))
            if found:
                first, count = int(found[1]), int(found[2] or 1)
                lines.update(range(first, first + count) if count else (first, first + 1))
    if path is not None:
        yield path, None if new else frozenset(lines)


def _size(header: bytes) -> int:
    """How many lines the body of a hunk has."""
    found = re.match(rb"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@", header)
    return 0 if found is None else int(found[1] or 1) + int(found[2] or 1)


def _unquoted(name: bytes) -> bytes:
    name = name.rstrip(b"\t")
    if not name.startswith(b'"'):
        return name

    def plain(match: re.Match[bytes]) -> bytes:
        code = match[1]
        return bytes([int(code, 8) & 255]) if len(code) == 3 else _NAMED.get(code, code)

    return _ESCAPE.sub(plain, name[1:-1])


def narrow(run: Run, changed: Lines) -> tuple[Run, int]:
    """``run`` with only the findings on changed lines, and how many others were left out.

    A finding about the page as a whole stays where the file changed at all, because what was taken away
    may be what it misses.
    """
    kinds = {rule.id: rule.kind for rule in run.rules}
    left_out = 0
    checked = []
    for item in run.checked:
        kept = tuple(_kept(item, changed, kinds))
        left_out += len(item.findings) - len(kept)
        checked.append(replace(item, findings=kept))
    return replace(run, checked=tuple(checked)), left_out


def _kept(checked: Checked, changed: Lines, kinds: Mapping[str, str]) -> Iterable[Finding]:
    path = os.path.realpath(checked.document.path)
    if path not in changed:
        return
    lines = changed[path]
    ends: list[int] | None = None
    for item in checked.findings:
        if lines is None or item.start is None or kinds.get(item.rule) in _PAGE_KINDS:
            yield item
            continue
        if ends is None:  # lines as git counts them: LF alone ends one
            ends = [at.start() for at in re.finditer("\n", checked.document.source)]
        first = bisect_left(ends, item.start) + 1
        last = bisect_left(ends, max(item.start, (item.end or 0) - 1)) + 1
        if any(line in lines for line in range(first, last + 1)):
            yield item
