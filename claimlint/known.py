"""Makes sure that every rule and jurisdiction named in options and settings exists: a misspelt name must never silently do nothing.

It also gathers the rules that a run may use, which is what reports list.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimlint import housekeeping, selectors
from claimlint.checking import Engines
from claimlint.config import Settings
from claimlint.errors import ConfigError, UsageError
from claimlint.model import Rule
from claimlint.rules.loader import shipped
from claimlint.settings_search import Options


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
        asked = [("select", item.select), ("ignore", item.ignore), ("severity", tuple(item.severity))]
        for override in item.overrides:
            asked += [
                ("overrides: select", override.select),
                ("overrides: ignore", override.ignore),
                ("overrides: severity", tuple(override.severity)),
            ]
        for where, names in asked:
            for name in names:
                problem = selectors.unknown(name, every)
                if problem:
                    raise ConfigError(f"'{where}': {problem}", item.origin)
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
                raise UsageError(f"no jurisdiction is called '{wanted}'{hint}; known: {listed}")
    return every
