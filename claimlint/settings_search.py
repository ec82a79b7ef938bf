"""Which settings hold where: the nearest file above each folder, under what the command line says.

The search is made once a folder and a run; with --isolated it only notes what it would have found.
"""

import os
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from claimlint import config
from claimlint.config import Settings
from claimlint.errors import ConfigError


class Options(NamedTuple):
    """What a caller asks of one run; None or empty leaves it to the settings, then to the defaults.

    ``rulesets`` are names of packs or absolute folders. ``stdin`` is the content of standard input, reported
    as ``stdin_name``. ``jobs`` 0 lets the amount of work decide. ``leave_out`` is the real
    path of a file that is never read. ``graded`` and ``scorecards`` ask the engine for the whole ledger and for
    credibility.
    """

    rulesets: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str | None = None
    min_confidence: str | None = None
    jurisdiction: str | None = None
    fail_on: str | None = None
    show: str | None = None
    encoding: str | None = None
    config: str | None = None
    isolated: bool = False
    as_of: date | None = None
    stamp: bool = False
    cache: bool = True
    jobs: int = 0
    baseline: str | None = None
    stdin: bytes | None = None
    stdin_name: str = "-"
    leave_out: str | None = None
    debug: bool = False
    graded: bool = False
    scorecards: bool = False
    decisions: str | None = None


def searcher(options: Options) -> tuple[Callable[[str], Settings], Callable[[str], str | None]]:
    """Two functions of an absolute folder: the settings that hold there, and, with --isolated, the settings
    file that was found there and did not count. Both raise ConfigError for a file that can't be used."""
    cache: dict[str, Settings | None] = {}
    distrusted: dict[str, str | None] = {}
    here = os.getcwd()
    default = apply(Settings(root=here), options)
    fixed: Settings | None = None
    if options.config is not None:
        from claimlint.config.check import load

        loaded = load(options.config)
        if loaded is None:
            raise ConfigError("has no [tool.claimlint] table; add one or name another file", options.config)
        fixed = apply(loaded, options)

    def nearest(folder: str) -> Settings | None:
        chain = []
        while folder not in cache:
            chain.append(folder)
            found = config.find(folder)
            parent = os.path.dirname(folder)
            if found is not None or parent == folder:
                cache[folder] = apply(_shown(found, here), options) if found else None
                break
            folder = parent
        result = cache[folder]
        for item in chain:
            cache[item] = result
        return result

    def settings_of(folder: str) -> Settings:
        if fixed is not None:
            return fixed
        if options.isolated:
            return default
        return nearest(folder) or default

    def distrusted_in(folder: str) -> str | None:
        if not options.isolated or fixed is not None:
            return None
        if folder not in distrusted:
            try:
                found = nearest(folder)
                distrusted[folder] = found.origin if found else None
            except ConfigError as error:
                distrusted[folder] = error.path
        return distrusted[folder]

    return settings_of, distrusted_in


def _shown(settings: Settings, here: str) -> Settings:
    """With the origin as a person in the working directory would write it."""
    try:
        shown = os.path.relpath(settings.origin, here)
    except ValueError:
        return settings
    return settings._replace(origin=shown.replace(os.sep, "/"))


def apply(settings: Settings, options: Options) -> Settings:
    """``settings`` under the options: single values replace, --ruleset and --ignore add, --select replaces.

    What is asked on the command line holds for every file, whatever an override says.
    """
    overrides = tuple(
        item._replace(
            select=() if options.select else item.select,
            profile=None if options.profile else item.profile,
            min_confidence=None if options.min_confidence else item.min_confidence,
            jurisdiction=None if options.jurisdiction else item.jurisdiction,
        )
        for item in settings.overrides
    )
    return settings._replace(
        rulesets=tuple(dict.fromkeys(settings.rulesets + options.rulesets)),
        select=options.select or settings.select,
        ignore=settings.ignore + options.ignore,
        profile=options.profile or settings.profile,
        min_confidence=options.min_confidence or settings.min_confidence,
        jurisdiction=options.jurisdiction or settings.jurisdiction,
        fail_on=options.fail_on or settings.fail_on,
        show=options.show or settings.show,
        encoding=options.encoding or settings.encoding,
        overrides=overrides,
    )
