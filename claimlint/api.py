"""The functions that other programs call: the same engine, settings and triage as the command.

They take plain values, return the nouns of ``claimlint.model`` and raise ClaimlintError for bad input.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, TypedDict, Unpack

from claimlint import readers, runner
from claimlint.checking import Engines, Job
from claimlint.config import CONFIDENCES, PROFILES, Settings, place
from claimlint.covered import read_in_part, uncovered
from claimlint.errors import ReadError, UsageError, did_you_mean
from claimlint.known import known_names
from claimlint.model import Checked, Run
from claimlint.rules.ruleset import Ruleset
from claimlint.settings_search import Options, apply
from claimlint.triage import triage


def load_rules(*rulesets: str) -> Ruleset:
    """The core rules and those of the named packs or folders.

    Raises UsageError for an unknown name, RuleError with file and line for a rule that can't be used.
    """
    names = tuple(place(name, os.getcwd()) for name in rulesets)
    ruleset: Ruleset = Engines(Job(_today())).ruleset(Settings(root=os.getcwd(), rulesets=names))
    return ruleset


def check_text(
    text: str,
    *,
    filename: str = "text.txt",
    profile: str = "team",
    rulesets: Sequence[str] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    min_confidence: str | None = None,
    as_of: date | None = None,
    isolated: bool = False,
) -> Checked:
    """Checks a text held in memory; offsets in the result are code points of ``text`` itself.

    The suffix of ``filename`` chooses the reader. No settings file is read. ``as_of`` defaults to today.
    Raises UsageError for an unknown profile or suffix, ReadError for a text that can't be read or is in a
    language that the rules don't cover.
    """
    if profile not in PROFILES:
        raise UsageError(f"no profile is called '{profile}'{did_you_mean(profile, PROFILES)}")
    if min_confidence not in (None, *CONFIDENCES):
        raise UsageError(f"min_confidence is one of {', '.join(CONFIDENCES)}, not '{min_confidence}'")
    suffix = readers.suffix(filename)
    if suffix is None:
        raise UsageError(
            f"no reader knows '{filename}'; known suffixes: {', '.join(sorted(readers.SUFFIXES))}"
        )
    if suffix in readers.BINARY:
        raise UsageError(f"'{filename}' is no text: check_paths reads files of this kind")
    job = Job(as_of or _today(), isolated)
    options = Options(
        rulesets=tuple(place(name, os.getcwd()) for name in rulesets),
        select=tuple(select),
        ignore=tuple(ignore),
        profile=profile,
        min_confidence=min_confidence,
    )
    settings = apply(Settings(root=os.getcwd()), options)
    engines = Engines(job)
    known_names([settings], options, engines)
    document = readers.reader(suffix, None)(filename, text)
    problem = uncovered(document)
    if problem:
        raise ReadError(problem, filename)
    checked: Checked = engines.engine(settings).check(read_in_part(document))
    rules = engines.ruleset(settings).rules
    path = settings.relative(os.path.abspath(filename))
    return triage(checked, settings, rules, path=path, as_of=job.as_of, isolated=isolated).checked


class Asked(TypedDict, total=False):
    """What `check_paths` can be asked: the options of ``claimlint check`` by the same names."""

    rulesets: Sequence[str]
    select: Sequence[str]
    ignore: Sequence[str]
    profile: str | None
    min_confidence: str | None
    jurisdiction: str | None
    fail_on: str | None
    show: str | None
    encoding: str | None
    config: str | None
    isolated: bool
    as_of: date | None
    stamp: bool
    cache: bool
    jobs: int
    baseline: str | None


def check_paths(paths: Sequence[str | os.PathLike[str]], **options: Unpack[Asked]) -> Run:
    """Checks files and folders as ``claimlint check`` does, settings files and suppressions included.

    What could not be read is in ``Run.failures``: a run that has any is not clean. Work is spread over
    processes only where ``jobs`` asks for it.
    """
    if isinstance(paths, str | os.PathLike):
        raise UsageError("check_paths takes a list of paths, even for one")
    known = Options._fields
    for name in options:
        if name not in known:
            raise UsageError(f"check_paths has no option '{name}'{did_you_mean(name, known)}")
    given: dict[str, Any] = {"jobs": 1}
    given.update(
        {name: tuple(value) if isinstance(value, list) else value for name, value in options.items()}
    )
    made = Options(**given)
    made = made._replace(rulesets=tuple(place(name, os.getcwd()) for name in made.rulesets))
    return runner.run([os.fspath(path) for path in paths], made).run


def _today() -> date:
    return datetime.now(UTC).date()
