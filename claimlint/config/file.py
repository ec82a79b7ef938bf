"""Reads a settings file into plain data that still knows the line of each key.

A settings file may belong to the material under review, so its size and depth are capped, YAML aliases
(which can grow without bound) are refused, and nothing in it is ever constructed but plain values.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from claimlint.errors import ConfigError

LARGEST = 1_000_000
DEEPEST = 20

Key = tuple[str | int, ...]
"""Where a value stands: the keys and list positions that lead to it."""


class Raw(NamedTuple):
    """What a settings file says; ``line_of`` gives the 1-based line of a key where it is known."""

    path: str
    data: dict[str, Any]
    line_of: Callable[[Key], int | None]


def read(path: str) -> Raw | None:
    """The settings in ``path``, or None where it is a pyproject.toml that has no claimlint table."""
    toml = path.endswith(".toml")
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise ConfigError(f"can't be read: {error.strerror or error}", path) from None
    if toml and b"claimlint" not in data:
        return None
    if len(data) > LARGEST:
        raise ConfigError(f"is larger than {LARGEST:,} bytes; no settings file needs that", path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError("isn't UTF-8 here; save it as UTF-8", path, line) from None
    return _toml(path, text) if toml else _yaml(path, text)


def line(path: str, key: Key) -> int | None:
    """The line of ``key`` in the settings file ``path``, for a message; None where that can't be told (any more)."""
    try:
        raw = read(path)
    except ConfigError:
        return None
    return raw.line_of(key) if raw is not None else None


def _toml(path: str, text: str) -> Raw | None:
    import tomllib

    try:
        tool = tomllib.loads(text).get("tool", {})
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        if not re.search(r"(?m)^\s*\[+\s*tool\s*\.\s*claimlint\b", text):
            return None
        found = re.search(r"at line (\d+)", str(error))
        raise ConfigError(f"isn't valid TOML: {error}", path, int(found[1]) if found else None) from None
    if not isinstance(tool, dict) or "claimlint" not in tool:
        return None
    table = tool["claimlint"]
    if not isinstance(table, dict):
        raise ConfigError("[tool.claimlint] must be a table of settings", path)
    return Raw(path, table, lambda key: _toml_line(text, key))


def _toml_line(text: str, key: Key) -> int | None:
    """The line of ``key`` below [tool.claimlint], or of the nearest thing above it that has one.

    tomllib keeps no positions, so this follows table headers and bare or quoted keys at line starts.
    """
    best: tuple[int, int] | None = None
    table: list[str | int] = []
    counts: dict[tuple[str | int, ...], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped.startswith("["):
            names = [name.strip().strip("\"'") for name in stripped.split("]")[0].strip("[ ").split(".")]
            if names[:2] != ["tool", "claimlint"]:
                table = ["\0"]
                continue
            table = list(names[2:])
            if stripped.startswith("[["):
                index = counts[tuple(table)] = counts.get(tuple(table), -1) + 1
                table.append(index)
            here = tuple(table)
        elif "=" in stripped and table != ["\0"] and not stripped.startswith("#"):
            name = stripped.split("=", 1)[0].strip()
            quoted = name[:1] in "\"'" and name[-1:] == name[:1]
            here = (*table, *([name[1:-1]] if quoted else [part.strip() for part in name.split(".")]))
        else:
            continue
        if here == key[: len(here)] and (best is None or len(here) > best[0]):
            best = (len(here), number)
    return best[1] if best else None


def _yaml(path: str, text: str) -> Raw:
    import yaml

    loader_class: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    lines: dict[Key, int] = {}

    def plain(node: Any, key: Key) -> Any:
        lines.setdefault(key, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            result: dict[str, Any] = {}
            for name_node, value_node in node.value:
                line = name_node.start_mark.line + 1
                if not isinstance(name_node, yaml.ScalarNode):
                    raise ConfigError("a key must be plain text", path, line)
                name = str(name_node.value)
                if name in result:
                    raise ConfigError(f"'{name}' stands here a second time; keep one of them", path, line)
                lines[(*key, name)] = line
                result[name] = plain(value_node, (*key, name))
            return result
        if isinstance(node, yaml.SequenceNode):
            return [plain(item, (*key, at)) for at, item in enumerate(node.value)]
        return loader.construct_object(node)

    try:
        depth = 0
        for event in yaml.parse(text, Loader=loader_class):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            mark_at: Any = event.start_mark
            line = mark_at.line + 1
            if isinstance(event, yaml.AliasEvent):
                raise ConfigError(
                    "anchors and aliases aren't supported in settings; write it out", path, line
                )
            if depth > DEEPEST:
                raise ConfigError("is nested too deeply", path, line)
        loader = loader_class(text)
        try:
            node = loader.get_single_node()
            data = {} if node is None else plain(node, ())
        finally:
            loader.dispose()
    except (yaml.YAMLError, ValueError) as error:
        mark: Any = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise ConfigError(
            f"isn't valid YAML: {problem}", path, mark.line + 1 if mark is not None else None
        ) from None
    if data is None:
        data = {}
    if not isinstance(data, dict):
        raise ConfigError("must hold settings as 'key: value' lines", path, 1)
    return Raw(path, data, lines.get)
