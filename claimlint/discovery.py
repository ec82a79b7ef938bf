"""From the paths on a command line to the files that are to be read, in a settled order.

Whatever can't be read as a plain file is a failure here and never a silence; what is left out is counted
with its cause, so that "nothing was checked" can always be told from "nothing was found".
"""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from claimlint import globs
from claimlint.config import Settings
from claimlint.model import Failure
from claimlint.not_copy import own_material, program_file

VENDORED = frozenset({
    "node_modules", "bower_components", "vendor", "vendors", "third_party", "third-party", "site-packages",
    "wp-admin", "wp-includes", "tinymce", "ckeditor", "phpmailer", "__pycache__", "dist", "build", "venv",
    ".venv", ".tox", ".nox", ".git", ".hg", ".svn", ".next", ".nuxt", ".cache", ".eggs", ".mypy_cache",
    ".pytest_cache", ".ruff_cache", ".hypothesis",
})  # fmt: skip
"""Folders that a walk doesn't enter: other people's work, or what is built from one's own."""

LARGEST_IGNORE_FILE = 1_000_000

SettingsOf = Callable[[str], Settings]
"""An absolute folder to the settings that hold for the files in it."""


class Target(NamedTuple):
    """One file to be checked: ``path`` is how it is reported, ``file`` the absolute path to open.

    ``data`` is given where it was read already (standard input); ``named`` where the user named it.
    """

    path: str
    file: str
    data: bytes | None = None
    named: bool = True


class Found:
    """What the paths lead to. ``skipped`` counts files of a walk that no reader knows or that belong to a
    program, ``excluded`` those that the settings exclude, ``ignored`` what .gitignore files leave out and
    ``vendored`` folders not entered; ``own`` is claimlint's own material met on a walk, ``own_named`` by name."""

    __slots__ = ("excluded", "failures", "ignored", "own", "own_named", "skipped", "targets", "vendored")

    def __init__(self) -> None:
        self.targets: list[Target] = []
        self.failures: list[Failure] = []
        self.skipped = self.excluded = self.ignored = self.vendored = self.own = self.own_named = 0


class _Folder(NamedTuple):
    """A folder on the walk's stack; ``rules`` pairs folders with the patterns of their .gitignore."""

    path: str
    shown: str
    real: str
    above: frozenset[str]
    rules: tuple[tuple[str, tuple[globs.Glob, ...]], ...]


def display(path: str) -> str:
    """``path`` as it is reported: POSIX separators, and characters that are no text replaced."""
    return path.replace(os.sep, "/").encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def find(
    paths: Sequence[str],
    *,
    settings_of: SettingsOf,
    known: Callable[[str], bool],
    isolated: bool = False,
    leave_out: str | None = None,
    own_files: Sequence[str] = (),
) -> Found:
    """The files that ``paths`` name or hold, in the order given; folders sorted by name, each file once.

    A named file must exist, be plain and have a known suffix, or it is a failure; one that the settings
    exclude is left out even when it is named, as pre-commit and editors name every file. ``isolated``
    refuses links that lead out of a named folder. ``leave_out`` is a file that is never read: the report
    that this run writes. ``own_files`` are claimlint's own besides those that the settings name, and no copy.
    """
    found = Found()
    seen: set[tuple[str, bool]] = set()
    walked: dict[str, int] = {}
    own: dict[int, tuple[Settings, Callable[[str], bool]]] = {}

    def is_own(settings: Settings, real: str) -> bool:
        if id(settings) not in own:  # the settings are kept with it, so that no other gets their id
            own[id(settings)] = settings, own_material(settings, own_files)
        return own[id(settings)][1](real)

    def take(target: Target, real: str, below: str = "") -> None:
        readable = known(target.file) and (target.named or not program_file(below))
        key = (real, readable or target.named)  # what a walk skipped may still be named
        if key in seen or real == leave_out:
            if target.named and real in walked:  # it is asked for after all: nothing may pass it over
                at = walked[real]
                found.targets[at] = found.targets[at]._replace(named=True)
            return
        seen.add(key)
        settings = settings_of(os.path.dirname(target.file))
        relative = settings.relative(target.file)
        unasked = not target.named and settings.include and not globs.covers(settings.include, relative)
        if unasked or globs.covers(settings.exclude, relative):
            found.excluded += 1
        elif is_own(settings, real):
            if target.named:
                found.own_named += 1
            else:
                found.own += 1
        elif not readable and target.named:
            found.failures.append(Failure(target.path, _unknown(target.file)))
        elif not readable:
            found.skipped += 1
        else:
            if not target.named:
                walked[real] = len(found.targets)
            found.targets.append(target)

    for path in paths:
        file = os.path.abspath(path)
        try:
            mode = os.stat(path).st_mode
        except (OSError, ValueError) as error:
            found.failures.append(Failure(display(path), why(error)))
            continue
        if stat.S_ISDIR(mode):
            for target, real in _walk(
                path, file, found, settings_of=settings_of, known=known, isolated=isolated
            ):
                take(target, real, target.file[len(file.rstrip(os.sep)) + 1 :].replace(os.sep, "/"))
        elif stat.S_ISREG(mode):
            take(Target(display(path), file), os.path.realpath(file))
        else:
            found.failures.append(Failure(display(path), _special(mode)))
    return found


def _walk(
    given: str,
    file: str,
    found: Found,
    *,
    settings_of: SettingsOf,
    known: Callable[[str], bool],
    isolated: bool,
) -> Iterator[tuple[Target, str]]:
    """Every plain file below a folder, each with its real path, sorted by name, depth first."""
    top = os.path.realpath(file)
    shown = "" if os.path.normpath(given) == "." else given.rstrip("/" + os.sep) + "/"
    stack: list[_Folder | tuple[Target, str]] = [_Folder(file, shown, top, frozenset(), _ignore_above(file))]
    while stack:
        item = stack.pop()
        if not isinstance(item, _Folder):
            yield item
            continue
        try:
            with os.scandir(item.path) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            found.failures.append(Failure(display(item.shown or given), why(error)))
            continue
        rules = item.rules
        if item.path != file:  # the top folder's own patterns are in it already
            rules = _with_ignore_file(rules, item.path)
        below: list[_Folder | tuple[Target, str]] = []
        for entry in entries:
            shown = item.shown + entry.name
            try:
                link = entry.is_symlink()
                mode = entry.stat().st_mode
            except OSError as error:
                if known(entry.name) and not _ignored(rules, entry.path, folder=False):
                    found.failures.append(Failure(display(shown), why(error)))
                else:
                    found.skipped += 1
                continue
            folder = stat.S_ISDIR(mode)
            if folder and (entry.name in VENDORED or entry.name.endswith(".egg-info")):
                found.vendored += 1
                continue
            if _ignored(rules, entry.path, folder=folder and not link):
                found.ignored += 1
                continue
            real = os.path.realpath(entry.path) if link else os.path.join(item.real, entry.name)
            if link and isolated and not (real + os.sep).startswith(top + os.sep):
                found.failures.append(Failure(display(shown), _LEAVES))
            elif folder:
                settings = settings_of(item.path)
                if _prunes(settings, settings.relative(entry.path)):
                    found.excluded += 1
                elif real in item.above or real == item.real:
                    found.failures.append(Failure(display(shown), _LOOP))
                else:
                    below.append(_Folder(entry.path, shown + "/", real, item.above | {item.real}, rules))
            elif stat.S_ISREG(mode):
                below.append((Target(display(shown), entry.path, named=False), real))
            elif known(entry.name):
                found.failures.append(Failure(display(shown), _special(mode)))
            else:
                found.skipped += 1
        stack.extend(reversed(below))


def _prunes(settings: Settings, folder: str) -> bool:
    """Whether nothing below ``folder`` can count: excluded, with no pattern that takes anything back."""
    exclude = settings.exclude
    return not any(p.startswith("!") for p in exclude) and globs.covers(exclude, folder + "/.")


def _ignore_above(folder: str) -> tuple[tuple[str, tuple[globs.Glob, ...]], ...]:
    """The .gitignore patterns that hold in ``folder`` from it up to the repository's own folder, if any."""
    above = [folder]
    while not os.path.exists(os.path.join(above[-1], ".git")):
        parent = os.path.dirname(above[-1])
        if parent == above[-1]:
            return _with_ignore_file((), folder)
        above.append(parent)
    rules: tuple[tuple[str, tuple[globs.Glob, ...]], ...] = ()
    extra = _patterns(os.path.join(above[-1], ".git", "info", "exclude"))
    if extra:
        rules = ((above[-1], extra),)
    for path in reversed(above):
        rules = _with_ignore_file(rules, path)
    return rules


def _with_ignore_file(
    rules: tuple[tuple[str, tuple[globs.Glob, ...]], ...], folder: str
) -> tuple[tuple[str, tuple[globs.Glob, ...]], ...]:
    patterns = _patterns(os.path.join(folder, ".gitignore"))
    return (*rules, (folder, patterns)) if patterns else rules


def _patterns(path: str) -> tuple[globs.Glob, ...]:
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return ()
        with open(path, encoding="utf-8-sig", errors="surrogateescape") as file:
            return globs.parse_all(file.read(LARGEST_IGNORE_FILE).splitlines())
    except OSError:
        return ()


def _ignored(rules: tuple[tuple[str, tuple[globs.Glob, ...]], ...], path: str, *, folder: bool) -> bool:
    """What the nearest .gitignore that says anything of ``path`` says. Folders above were tried before."""
    for base, patterns in reversed(rules):
        relative = path[len(base.rstrip(os.sep)) + 1 :].replace(os.sep, "/")
        says = globs.verdict(patterns, relative, folder=folder)
        if says is not None:
            return says
    return False


_LOOP = "refused: this link leads back to a folder above it; remove the link or exclude it in the settings"
_LEAVES = "refused: this link leads out of the folder under review, which --isolated doesn't follow"


def _special(mode: int) -> str:
    kind = "a pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a device"
    return f"refused: it is {kind}, not a file; pipe its content to 'claimlint check -' instead"


def _unknown(path: str) -> str:
    suffix = os.path.splitext(path)[1]
    if suffix.lower() == ".pdf":
        return "reading PDF needs an optional part: python -m pip install 'claimlint[pdf]'"
    what = f"no reader knows files that end in '{suffix}'"
    if not suffix:
        what = "no reader knows a file without a suffix"
    return f"{what}; leave it out, or pipe it in with --stdin-filename NAME.txt to have it read as text"


def why(error: BaseException) -> str:
    """What went wrong with a file, in words for its owner."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder; check the spelling and the working directory"
    if isinstance(error, PermissionError):
        return "permission denied; claimlint may not read it"
    if isinstance(error, OSError):
        import errno

        if error.errno == errno.ELOOP:
            return _LOOP
        return f"can't be read: {error.strerror or error}"
    return f"can't be read: {error}"


def file_list(text: str) -> list[str]:
    """The paths in a --files-from list: one a line, or separated by NUL characters."""
    lines = text.split("\0") if "\0" in text else text.splitlines()
    return [line for line in lines if line.strip()]
