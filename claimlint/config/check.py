"""Validates a settings file: every key and value, with the file, the line and the nearest known name.

A misspelt setting is an error here and never a silent default.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from claimlint.config import CONFIDENCES, FAIL_ON, LEVELS, PROFILES, SHOW, Override, Provided, Settings, place
from claimlint.config import file as config_file
from claimlint.errors import ConfigError, did_you_mean


class _Checker:
    """Validates the values of one file; an error names the file, the line and what would be right."""

    def __init__(self, raw: config_file.Raw) -> None:
        self.raw = raw

    def fail(self, message: str, key: config_file.Key) -> ConfigError:
        return ConfigError(message, self.raw.path, self.raw.line_of(key))

    def strings(self, value: Any, key: config_file.Key) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise self.fail(f"'{_name(key)}' must be a list, such as [one, two]", key)
        for at, item in enumerate(value):
            if not isinstance(item, str) or not item.strip():
                raise self.fail(f"'{_name(key)}' must list texts; put quotes round {item!r}", (*key, at))
        return tuple(value)

    def string(self, value: Any, key: config_file.Key) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self.fail(f"'{_name(key)}' must be a text, not {value!r}", key)
        return value

    def choice(self, value: Any, key: config_file.Key, allowed: tuple[str, ...]) -> str:
        if value is False and "off" in allowed:  # YAML reads a bare off as false
            return "off"
        if value not in allowed or not isinstance(value, str):
            hint = did_you_mean(value, allowed) if isinstance(value, str) else ""
            raise self.fail(f"'{_name(key)}' must be one of {', '.join(allowed)}, not {value!r}{hint}", key)
        return value

    def table(self, value: Any, key: config_file.Key, known: tuple[str, ...] | None = None) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.fail(f"'{_name(key)}' must be a table of 'name: value' lines", key)
        for name in value:
            if known is not None and name not in known:
                hint = did_you_mean(name, known)
                where = f" in '{_name(key)}'" if key else ""
                raise self.fail(
                    f"unknown setting '{name}'{where}{hint}; known: {', '.join(known)}", (*key, name)
                )
        return value

    def severity(self, value: Any, key: config_file.Key) -> dict[str, str]:
        table = self.table(value, key)
        return {name: self.choice(level, (*key, name), (*LEVELS, "off")) for name, level in table.items()}

    def lists(self, value: Any, key: config_file.Key, known: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        table = self.table(value, key, known)
        return {name: self.strings(items, (*key, name)) for name, items in table.items()}

    def encoding(self, value: Any, key: config_file.Key) -> str:
        import codecs

        name = self.string(value, key)
        try:
            codecs.lookup(name)
            "".encode(name)  # rejects codecs that aren't text encodings
        except (LookupError, ValueError):
            raise self.fail(
                f"'{name}' is no text encoding that Python knows; utf-8 and cp1252 are two", key
            ) from None
        return name

    def notices(self, value: Any, key: config_file.Key) -> tuple[str | Provided, ...]:
        if isinstance(value, dict):
            return (self.provided(value, key),)
        if not isinstance(value, list):
            raise self.fail(
                f"'{_name(key)}' must list sentences, or tables with 'provided_by' and 'for'", key
            )
        return tuple(
            self.provided(item, (*key, at)) if isinstance(item, dict) else self.string(item, (*key, at))
            for at, item in enumerate(value)
        )

    def provided(self, value: Any, key: config_file.Key) -> Provided:
        table = self.table(value, key, ("provided_by", "for"))
        for name in ("provided_by", "for"):
            if name not in table:
                raise self.fail(
                    f"'{_name(key)}' needs '{name}': the file with the notice, and its pages", key
                )
        paths = table["for"]
        globs = self.strings([paths] if isinstance(paths, str) else paths, (*key, "for"))
        return Provided(self.string(table["provided_by"], (*key, "provided_by")), globs)

    def overrides(self, value: Any, key: config_file.Key) -> tuple[Override, ...]:
        if not isinstance(value, list):
            raise self.fail(f"'{_name(key)}' must be a list of tables, each with 'paths'", key)
        known = Override._fields
        found = []
        for at, item in enumerate(value):
            here = (*key, at)
            table = self.table(item, here, known)
            if "paths" not in table:
                raise self.fail("an override needs 'paths', a list such as [blog/, '*.draft.md']", here)
            values = {
                name: _CHECKS[name](self, table[name], (*here, name)) for name in table if name != "paths"
            }
            found.append(Override(paths=self.strings(table["paths"], (*here, "paths")), **values))
        return tuple(found)


_CHECKS: Mapping[str, Callable[[_Checker, Any, config_file.Key], Any]] = {
    **dict.fromkeys(
        ("rulesets", "select", "ignore", "include", "exclude", "allow_phrases", "evidence"),
        _Checker.strings,
    ),
    "profile": lambda c, v, k: c.choice(v, k, PROFILES),
    "min_confidence": lambda c, v, k: c.choice(v, k, CONFIDENCES),
    "fail_on": lambda c, v, k: c.choice(v, k, FAIL_ON),
    "show": lambda c, v, k: c.choice(v, k, SHOW),
    "jurisdiction": _Checker.string,
    "encoding": _Checker.encoding,
    "severity": _Checker.severity,
    "overrides": _Checker.overrides,
    "lexicon": lambda c, v, k: c.lists(v, k, ("products", "conditions")),
    "notices": lambda c, v, k: c.notices(v, k),
    "plugins": lambda c, v, k: c.lists(v, k, ("readers", "matchers", "reporters")),
}
KEYS = tuple(sorted(_CHECKS))
"""Every key of a settings file."""


def _name(key: config_file.Key) -> str:
    return ".".join(str(part) if isinstance(part, str) else str(part + 1) for part in key) or "the file"


def load(path: str) -> Settings | None:
    """The settings in the file ``path``; None where a pyproject.toml has none.

    Raises ConfigError with file and line for anything unknown, mistyped or out of range.
    """
    raw = config_file.read(path)
    if raw is None:
        return None
    checker = _Checker(raw)
    data = {}
    for name, value in raw.data.items():
        plain = name.replace("-", "_")
        if plain != name and plain in _CHECKS and plain not in raw.data:
            data[plain] = (value, (name,))
        else:
            data[name] = (value, (name,))
    checker.table(dict.fromkeys(data), (), KEYS)
    values = {name: _CHECKS[name](checker, value, key) for name, (value, key) in data.items()}
    root = os.path.dirname(os.path.abspath(path))
    if "rulesets" in values:
        values["rulesets"] = tuple(place(name, root) for name in values["rulesets"])
        for at, name in enumerate(values["rulesets"]):
            if os.path.isabs(name) and not os.path.isdir(name):
                raise checker.fail(f"the rule folder '{name}' doesn't exist", ("rulesets", at))
            if not os.path.isabs(name):
                from claimlint.rules.loader import no_pack, shipped

                if name not in shipped():
                    raise checker.fail(no_pack(name), ("rulesets", at))
    if "evidence" in values:
        values["evidence"] = tuple(os.path.join(root, name) for name in values["evidence"])
        for at, name in enumerate(values["evidence"]):
            if not os.path.isfile(name):
                raise checker.fail(f"the evidence file '{name}' doesn't exist", ("evidence", at))
    if "notices" in values:
        listed = values.pop("notices")
        values["notices"] = tuple(item for item in listed if isinstance(item, str))
        values["provided"] = tuple(
            item._replace(file=os.path.join(root, item.file)) for item in listed if isinstance(item, Provided)
        )
    return Settings(root=root, origin=path, **values)
