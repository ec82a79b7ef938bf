"""Settings: what a team decides once for a folder, found above the file that is checked.

The records are named tuples and the validation stands in ``config.check``, because most runs meet no
settings file and every run pays for what is imported here.
"""

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from claimlint.errors import ConfigError

NAMES = (".claimlint.yaml", "pyproject.toml")
PROFILES = ("team", "reviewer", "regulator")
LEVELS = ("error", "warning", "note")
CONFIDENCES = ("low", "medium", "high")
FAIL_ON = (*LEVELS, "never")
SHOW = (*LEVELS, "suppressed")
_NOTHING: Mapping[str, Any] = {}


class Override(NamedTuple):
    """Settings for the files that ``paths`` name; None or empty leaves what holds for the folder."""

    paths: tuple[str, ...]
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = _NOTHING
    profile: str | None = None
    min_confidence: str | None = None
    jurisdiction: str | None = None


class Provided(NamedTuple):
    """A notice that stands in another file (``file``, absolute) which is shown with the pages that ``paths`` name."""

    file: str
    paths: tuple[str, ...]


class Settings(NamedTuple):
    """Everything that can be set, for one folder; None where the profile or the run decides.

    ``root`` is the absolute folder that paths and fingerprints are relative to; ``origin`` is the
    settings file as shown in messages. ``rulesets`` and ``evidence`` hold names, or absolute paths.
    """

    root: str
    origin: str = ""
    rulesets: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str | None = None
    min_confidence: str | None = None
    jurisdiction: str | None = None
    fail_on: str | None = None
    show: str | None = None
    encoding: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    severity: Mapping[str, str] = _NOTHING
    overrides: tuple[Override, ...] = ()
    lexicon: Mapping[str, tuple[str, ...]] = _NOTHING
    allow_phrases: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    provided: tuple[Provided, ...] = ()
    plugins: Mapping[str, tuple[str, ...]] = _NOTHING

    def for_path(self, path: str) -> "Settings":
        """These settings with the overrides for ``path`` (POSIX, relative to ``root``) applied in order."""
        from claimlint import globs

        settings = self
        for override in self.overrides:
            if not globs.covers(override.paths, path):
                continue
            settings = settings._replace(
                select=override.select or settings.select,
                ignore=settings.ignore + override.ignore,
                severity={**settings.severity, **override.severity},
                profile=override.profile or settings.profile,
                min_confidence=override.min_confidence or settings.min_confidence,
                jurisdiction=override.jurisdiction or settings.jurisdiction,
            )
        return settings

    def relative(self, absolute: str) -> str:
        """``absolute`` as a POSIX path relative to ``root``; left as it is on another drive."""
        try:
            path = os.path.relpath(absolute, self.root)
        except ValueError:
            path = absolute
        return path.replace(os.sep, "/")

    @property
    def least_confidence(self) -> str:
        """The lowest confidence that counts: as set, else low for a regulator and medium for others."""
        return self.min_confidence or ("low" if self.profile == "regulator" else "medium")


def place(name: str, folder: str) -> str:
    """A ruleset as named in a file or option: a pack's name, or the absolute path of a folder."""
    if (
        name.startswith((".", "~"))
        or "/" in name
        or os.sep in name
        or os.path.isdir(os.path.join(folder, name))
    ):
        return os.path.abspath(os.path.join(folder, os.path.expanduser(name)))
    return name


def find(folder: str) -> "Settings | None":
    """The settings in ``folder`` itself (not above it). Raises ConfigError for two of them, or a bad one."""
    found: list[Settings] = []
    for name in NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            from claimlint.config.check import load

            settings = load(path)
            if settings is not None:
                found.append(settings)
    if len(found) > 1:
        raise ConfigError(
            f"{NAMES[1]} beside it has [tool.claimlint] too; keep one of the two", found[0].origin
        )
    return found[0] if found else None
