"""Checks a text held in memory exactly as the file it belongs to would be checked: settings, rules and all.

Rewrites are tried on it before a file is touched, and an editor's unsaved text is judged through it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime

from claimlint.checking import Engines, Item, Job, Outcome, check
from claimlint.discovery import Target
from claimlint.settings_search import Options, searcher

Checker = Callable[[str, bytes], Outcome]
"""A path as reported and the content to judge, to what came of it."""


def checker(options: Options) -> Checker:
    """A function that checks contents under ``options``; rules and settings are read once.

    It raises ConfigError or RuleError for settings or rules that can't be used.
    """
    settings_of, _ = searcher(options)
    accepted: frozenset[str] = frozenset()
    if options.baseline is not None:
        from claimlint import baseline

        accepted = frozenset(entry.fingerprint for entry in baseline.read(options.baseline))
    as_of = options.as_of or datetime.now(UTC).date()
    job = Job(as_of, options.isolated, options.cache, options.debug, accepted, os.urandom(8))
    engines = Engines(job)

    def check_one(path: str, data: bytes) -> Outcome:
        file = os.path.abspath(path)
        settings = settings_of(os.path.dirname(file))
        return check(Item(Target(path, file, data, named=True), settings), job, engines)

    return check_one
