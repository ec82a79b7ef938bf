"""Checks a text held in memory exactly as the file it belongs to would be checked: settings, rules and all.

Rewrites are tried on it before a file is touched, and an editor's unsaved text is judged through it.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from claimlint import globs
from claimlint.checking import Engines, Item, Job, Outcome, check
from claimlint.discovery import Target
from claimlint.model import Rule
from claimlint.settings_search import Options, searcher


class Checker:
    """Judges contents under the settings of their paths; rules and settings are read once.

    Calling it raises ConfigError or RuleError for settings or rules that can't be used.
    """

    def __init__(self, options: Options) -> None:
        self._settings_of, _ = searcher(options)
        accepted: frozenset[str] = frozenset()
        if options.baseline is not None:
            from claimlint.triage import baseline

            accepted = frozenset(entry.fingerprint for entry in baseline.read(options.baseline))
        as_of = options.as_of or datetime.now(UTC).date()
        self._job = Job(as_of, options.isolated, options.cache, options.debug, accepted, os.urandom(8))
        self._engines = Engines(self._job)

    def __call__(self, path: str, data: bytes) -> Outcome:
        """What comes of ``data`` as the content of ``path``; passed over where the settings exclude that path."""
        file = os.path.abspath(path)
        settings = self._settings_of(os.path.dirname(file))
        if path != "-" and globs.covers(settings.exclude, settings.relative(file)):
            return Outcome(passed_over=True)
        return check(Item(Target(path, file, data, named=True), settings), self._job, self._engines)

    def rule(self, path: str, name: str) -> Rule | None:
        """The rule ``name`` as it is in force for ``path``."""
        settings = self._settings_of(os.path.dirname(os.path.abspath(path)))
        rules: tuple[Rule, ...] = self._engines.ruleset(settings).rules
        return next((rule for rule in rules if rule.id == name), None)


def checker(options: Options) -> Checker:
    """A Checker for ``options``."""
    return Checker(options)
