"""What a reviewer decided about findings in the HTML report: read from the file that the report exports.

A dismissed finding stays in the run with the reviewer's reason, name and date, as one that a comment silenced
does; an accepted one is to be mended, so it goes on counting.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from claimlint.errors import ConfigError
from claimlint.model import Checked

LARGEST = 20_000_000
VERSION = 1
KINDS = ("accepted", "dismissed")
_HEX = frozenset("0123456789abcdef")


class Decision(NamedTuple):
    """One decision; ``date`` is a day in ISO form, and the fingerprint says which finding is meant."""

    fingerprint: str
    kind: str
    note: str
    reviewer: str
    date: str

    @property
    def reason(self) -> str:
        """What reports say of a finding that this dismissal silences."""
        return f"{self.note} (dismissed by {self.reviewer}, {self.date})"


def read(path: str) -> tuple[Decision, ...]:
    """The decisions in a file. Raises ConfigError that names the file and the entry that can't be followed."""
    import json

    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise ConfigError(f"the decisions are over {LARGEST:,} bytes; split the file", path)
        value = json.loads(data.decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError(
            f"the decisions can't be read: {error.strerror or error}; export them from the HTML report", path
        ) from None
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        what = " ".join(str(error).split())[:120]
        raise ConfigError(
            f"this is no JSON ({what}); export the decisions from the HTML report", path
        ) from None
    entries = value.get("decisions") if isinstance(value, dict) else None
    if not isinstance(entries, list) or value.get("version") != VERSION:
        raise ConfigError(
            f"this is no decisions file of version {VERSION}; export the decisions from the HTML report", path
        )
    found: dict[str, Decision] = {}
    for number, entry in enumerate(entries, 1):
        decision = _decision(entry, value, f"decision {number}", path)
        if decision.fingerprint in found:
            raise ConfigError(
                f"decision {number}: the finding {decision.fingerprint} is decided twice; keep one", path
            )
        found[decision.fingerprint] = decision
    return tuple(found.values())


def _decision(entry: Any, whole: dict[str, Any], where: str, path: str) -> Decision:
    if not isinstance(entry, dict):
        raise ConfigError(f"{where}: an object with a fingerprint and a decision belongs here", path)
    fingerprint = _text(entry, "fingerprint", where, path)
    if len(fingerprint) != 32 or set(fingerprint) - _HEX:
        raise ConfigError(
            f"{where}: 'fingerprint' must be the 32 hexadecimal digits that reports print", path
        )
    kind = _text(entry, "decision", where, path)
    if kind not in KINDS:
        raise ConfigError(f"{where}: 'decision' must be one of {', '.join(KINDS)}", path)
    note = _text(entry, "note", where, path)
    reviewer = _text(entry, "reviewer", where, path) or _text(whole, "reviewer", where, path)
    day = _text(entry, "date", where, path)
    if kind == "dismissed":
        for name, given in (("note", note), ("reviewer", reviewer), ("date", day)):
            if not given:
                raise ConfigError(f"{where}: a dismissal needs '{name}', so that others can judge it", path)
    if day:
        try:
            date.fromisoformat(day)
        except ValueError:
            raise ConfigError(f"{where}: 'date' must be a day such as 2030-12-31", path) from None
    return Decision(fingerprint, kind, note, reviewer, day)


def _text(entry: dict[str, Any], name: str, where: str, path: str) -> str:
    value = entry.get(name, "")
    if not isinstance(value, str):
        raise ConfigError(f"{where}: '{name}' must be text", path)
    return " ".join(value.split())


def dismissals(decisions: Sequence[Decision]) -> tuple[tuple[str, str], ...]:
    """(fingerprint, reason) of each dismissed finding."""
    return tuple((item.fingerprint, item.reason) for item in decisions if item.kind == "dismissed")


def unused(path: str, checked: Sequence[Checked]) -> str | None:
    """A line for the person who gave the file ``path``, where dismissals in it match no finding of the run."""
    dismissed = dismissals(read(path))
    present = {finding.fingerprint for item in checked for finding in item.findings}
    gone = sum(fingerprint not in present for fingerprint, _ in dismissed)
    if not gone:
        return None
    what = "dismissal matches" if len(dismissed) == 1 else "dismissals match"
    return (
        f"{path}: {gone} of {len(dismissed)} {what} no finding of this run: the words changed, their page was "
        "not checked, or paths count from another folder than in the report (the one with the settings, else where the command runs)"
    )
