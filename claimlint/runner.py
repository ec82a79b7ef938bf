"""From paths to a Run: finds files, checks them side by side where that pays, and collects what failed.

The result is the same for any number of jobs, in the order in which the paths were given.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from claimlint import __version__, globs, readers
from claimlint.checking import Item, Job, Outcome, engines_for
from claimlint.config import Settings
from claimlint.discovery import Found, Target, display, find
from claimlint.errors import UsageError
from claimlint.known import known_names
from claimlint.model import Failure, Run, Severity, replace
from claimlint.settings_search import Options, searcher
from claimlint.workload import outcomes_of

_UNTRUSTED = "claimlint/untrusted-settings"
__all__ = ["Options", "Result", "exit_status", "run"]


class Result(NamedTuple):
    """A run and what to tell the person who started it; ``roots`` are the folders of the settings in use.

    ``relative`` pairs each checked path with its path relative to the settings' folder.
    """

    run: Run
    notes: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    relative: tuple[tuple[str, str], ...] = ()
    plugins: tuple[tuple[str, str], ...] = ()
    """Reporters that the settings name, each with the settings file that names it."""


def run(paths: Sequence[str], options: Options, progress: Callable[[int, int], None] | None = None) -> Result:
    """Checks ``paths`` (and standard input, where the options hold it).

    ``progress`` is told how many files are done, and of how many, after each.
    Raises UsageError, ConfigError or RuleError where options, settings or rules can't be used; what is
    wrong with one file is a failure in the Run.
    """
    as_of = options.as_of or datetime.now(UTC).date()
    settings_of, distrusted_in = searcher(options)
    accepted = _accepted(options.baseline)
    dismissed = _dismissed(options.decisions)
    job = Job(
        as_of,
        options.isolated,
        options.cache,
        options.debug,
        accepted,
        os.urandom(8),
        options.graded,
        options.scorecards,
        dismissed,
    )
    engines = engines_for(job)

    def known(path: str) -> bool:
        extra = engines.extra_readers(settings_of(os.path.dirname(os.path.abspath(path))))
        return readers.known(path, extra)

    found = find(
        paths,
        settings_of=settings_of,
        known=known,
        isolated=options.isolated,
        leave_out=options.leave_out,
        own_files=tuple(name for name in (options.baseline, options.decisions) if name is not None),
    )
    if options.stdin is not None:
        _take_stdin(found, options, settings_of(os.path.dirname(os.path.abspath(options.stdin_name))))
    items = []
    for target in found.targets:
        folder = os.path.dirname(target.file)
        items.append(Item(target, settings_of(folder), distrusted_in(folder)))
    settings = list({id(item.settings): item.settings for item in items}.values())
    settings = settings or [settings_of(os.getcwd())]
    rules = known_names(settings, options, engines)
    done: list[Outcome] = []
    for outcome in outcomes_of(items, job, engines, options.jobs):
        done.append(outcome)
        if progress is not None:
            progress(len(done), len(items))
    outcomes = _told_once(done)
    failures = [*found.failures, *(outcome.failure for outcome in outcomes if outcome.failure)]
    notes = _reports(outcomes)
    passed_over = sum(outcome.passed_over for outcome in outcomes)
    if passed_over == len(items) and not failures:
        found.skipped += passed_over
        passed_over = 0
        message = (
            _nothing(found)
            if paths
            else "nothing to check: no file was named (an empty list, with --files-from)"
        )
        if found.excluded or found.own_named:
            notes.append(message)
        else:
            failures.append(Failure(display(paths[0]) if paths else ".", message))
    roots = tuple(dict.fromkeys(item.root for item in settings))
    made = Run(
        checked=tuple(outcome.checked for outcome in outcomes if outcome.checked),
        failures=tuple(failures),
        rules=rules,
        skipped=found.skipped + passed_over,
        held_back=sum(outcome.held_back for outcome in outcomes),
        shown=_lowest([item.show for item in settings], "note"),
        show_suppressed=any(item.show == "suppressed" for item in settings),
        failing=_failing([item.fail_on for item in settings]),
        as_of=as_of.isoformat(),
        root=roots[0] if len(roots) == 1 else os.getcwd(),
        version=__version__,
        stamp=_stamp(roots[0]) if options.stamp else {},
    )
    relative = tuple((item.target.path, item.settings.relative(item.target.file)) for item in items)
    reporters = tuple((name, item.origin) for item in settings for name in item.plugins.get("reporters", ()))
    return Result(made, tuple(notes), roots, relative, reporters)


def _reports(outcomes: Sequence[Outcome]) -> list[str]:
    """What is said of reports that lay among the copy: never nothing, for a page could pretend to be one."""
    names = [outcome.own_report for outcome in outcomes if outcome.own_report]
    if not names:
        return []
    shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    what = (
        "looks like a report of claimlint and was"
        if len(names) == 1
        else "look like reports of claimlint and were"
    )
    return [f"{shown} {what} not read as copy; name the file to have it checked"]


def _told_once(outcomes: list[Outcome]) -> list[Outcome]:
    """Each settings file that did not count is mentioned once, at the first document that could be checked."""
    told: set[str] = set()
    result = []
    for outcome in outcomes:
        checked = outcome.checked
        if checked is not None and any(item.rule == _UNTRUSTED for item in checked.findings):
            kept = []
            for item in checked.findings:
                if item.rule != _UNTRUSTED or item.message not in told:
                    kept.append(item)
                if item.rule == _UNTRUSTED:
                    told.add(item.message)
            result.append(outcome._replace(checked=replace(checked, findings=tuple(kept))))
        else:
            result.append(outcome)
    return result


def exit_status(made: Run) -> int:
    """0 clean, 1 findings at or above the failing level, 2 where something could not be checked."""
    if made.failures:
        return 2
    failing = made.failing
    if failing is None:
        return 0
    return int(
        any(
            item.suppressed is None and item.severity.rank >= failing.rank
            for checked in made.checked
            for item in checked.findings
        )
    )


def _accepted(path: str | None) -> frozenset[str]:
    if path is None:
        return frozenset()
    from claimlint.triage import baseline

    return frozenset(entry.fingerprint for entry in baseline.read(path))


def _dismissed(path: str | None) -> tuple[tuple[str, str], ...]:
    if path is None:
        return ()
    from claimlint.triage import decisions

    return decisions.dismissals(decisions.read(path))


def _take_stdin(found: Found, options: Options, settings: Settings) -> None:
    file = os.path.abspath(options.stdin_name)
    if options.stdin_name != "-" and globs.covers(settings.exclude, settings.relative(file)):
        found.excluded += 1
    else:
        found.targets.append(Target(display(options.stdin_name), file, options.stdin))


def _nothing(found: Found) -> str:
    counts = (
        (found.excluded, "excluded by the settings"),
        (found.ignored, "left out by .gitignore"),
        (found.vendored, "folders of other people's work or built files"),
        (found.own + found.own_named, "claimlint's own settings, rules, evidence or baselines"),
        (found.skipped, "of a kind that no reader knows, or parts of a program"),
    )
    parts = [f"{count} {what}" for count, what in counts if count]
    what = f" ({'; '.join(parts)})" if parts else ""
    if found.excluded or found.own_named:
        return f"nothing was checked: all files were left out on purpose{what}"
    return f"nothing to check: no file here that claimlint reads{what}; name a file or folder with copy in it"


def _lowest(names: Sequence[str | None], default: str) -> Severity:
    """The widest of several settings files' levels: what one of them wants shown is shown."""
    levels = [Severity("note" if name == "suppressed" else name or default) for name in names]
    return min(levels, key=lambda item: item.rank)


def _failing(names: Sequence[str | None]) -> Severity | None:
    """The strictest of several settings files' failing levels; None where all say never."""
    levels = [Severity(name or "error") for name in names if name != "never"]
    return min(levels, key=lambda item: item.rank) if levels else None


def _stamp(root: str) -> dict[str, str]:
    """The time and, in a git repository, the commit: only asked for with --stamp."""
    import subprocess

    stamp = {"time": datetime.now(UTC).isoformat(timespec="seconds")}
    try:
        done = subprocess.run(
            ["git", "-C", root, "rev-parse", "HEAD"], capture_output=True, text=True, timeout=10, check=True
        )
        stamp["commit"] = done.stdout.strip()
    except (OSError, subprocess.SubprocessError):
        pass
    return stamp


def parse_date(text: str) -> date:
    """A date as --as-of takes it. Raises UsageError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--as-of: '{text}' is no date; write it as 2030-12-31") from None
