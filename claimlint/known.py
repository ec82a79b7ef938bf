"""Makes sure that every rule and jurisdiction named in options and settings exists: a misspelt name must never silently do nothing.

It also gathers the rules that a run may use, which is what reports list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claimlint import selectors
from claimlint.checking import Engines
from claimlint.config import Override, Settings
from claimlint.errors import ConfigError, UsageError
from claimlint.model import Rule
from claimlint.rules.loader import shipped
from claimlint.settings_search import Options
from claimlint.triage import housekeeping

if TYPE_CHECKING:
    from claimlint.config.file import Key


def known_names(settings: Sequence[Settings], options: Options, engines: Engines) -> tuple[Rule, ...]:
    """All rules in force, sorted by id, once every name in options and settings is known to mean one."""
    rules: dict[str, Rule] = {}
    for item in settings:
        asked_for = {item.jurisdiction, *(override.jurisdiction for override in item.overrides)}
        places: list[str | None] = [*shipped()] if "auto" in asked_for else sorted(asked_for, key=str)
        for place in places:
            rules |= {rule.id: rule for rule in engines.ruleset(item._replace(jurisdiction=place)).rules}
    every = (*(rules[name] for name in sorted(rules)), *housekeeping.RULES)
    for option, names in (("--select", options.select), ("--ignore", options.ignore)):
        for name in names:
            problem = selectors.unknown(name, every)
            if problem:
                raise UsageError(f"{option}: {problem}")
    for item in settings:
        for key, name in _named(item):
            problem = selectors.unknown(name, every)
            if problem:
                where = ": ".join(part for part in key if isinstance(part, str) and part != name)
                raise ConfigError(f"'{where}': {problem}", item.origin, _line(item.origin, key))
    jurisdictions = {
        str(record["jurisdiction"])
        for item in settings
        for shared in (engines.ruleset(item).provisions, engines.ruleset(item).packs)
        for record in shared.values()
        if record.get("jurisdiction")
    } | set(shipped()) - {"core"}
    for item in settings:
        for wanted in (item.jurisdiction, *(override.jurisdiction for override in item.overrides)):
            if wanted not in (None, "auto", *jurisdictions):
                from claimlint.errors import did_you_mean

                hint = did_you_mean(str(wanted), frozenset(jurisdictions))
                listed = ", ".join(["auto", *sorted(jurisdictions)])
                problem = f"no jurisdiction is called '{wanted}'{hint}; known: {listed}"
                if wanted == options.jurisdiction or not item.origin:
                    raise UsageError(problem)
                raise ConfigError(problem, item.origin, _line(item.origin, ("jurisdiction",)))
    return every


def _line(origin: str, key: Key) -> int | None:
    from claimlint.config import file  # most runs meet no misspelt name

    return file.line(origin, key)


def _named(settings: Settings) -> Iterator[tuple[Key, str]]:
    """Every rule that a settings file names, with where."""
    places: list[tuple[Key, Settings | Override]] = [((), settings)]
    places += [(("overrides", at), override) for at, override in enumerate(settings.overrides)]
    for at, place in places:
        for part, names in (("select", place.select), ("ignore", place.ignore)):
            yield from (((*at, part, number), name) for number, name in enumerate(names))
        yield from (((*at, "severity", name), name) for name in place.severity)
