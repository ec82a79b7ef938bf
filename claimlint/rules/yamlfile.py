"""Reads one YAML file into plain values together with the line on which each of them stands.

Rules are written by people who do not program, so whatever is wrong with a file is told with its
line; anchors, duplicate keys and other surprises of YAML are refused here once for all files.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from claimlint.errors import RuleError

if TYPE_CHECKING:
    from yaml import Node

Keys = tuple[str | int, ...]
"""The way to a value: the keys and list positions that lead to it, () for the whole file."""

MAX_BYTES = 4_000_000
_MAX_DEPTH = 16


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A parsed file: its value, the line (1-based) of each part, and the spelling of odd scalars.

    ``lines`` holds the line of the key for mapping entries, of the item for list items. ``spelled``
    holds what was written where YAML reads something else than text into it (``no``, ``1.0``).
    """

    path: str
    value: Any
    lines: dict[Keys, int] = field(repr=False)
    spelled: dict[Keys, str] = field(repr=False)

    def line(self, keys: Keys) -> int:
        """The line of the nearest part that is there."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)

    def error(self, message: str, keys: Keys = ()) -> RuleError:
        """An error at the place of ``keys``."""
        return RuleError(message, self.path, self.line(keys))


def parse(path: str, data: bytes) -> YamlFile:
    """The one YAML document in ``data``; RuleError with file and line where it can't be used."""
    import yaml

    if len(data) > MAX_BYTES:
        raise RuleError(f"the file is larger than {MAX_BYTES // 1_000_000} MB: split it", path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RuleError("the file isn't UTF-8: save it as UTF-8", path, line) from None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(text, Loader=loader)
    except RecursionError:
        raise RuleError("nested too deeply", path) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = ", ".join(part for part in (error.context, error.problem) if part)
        raise RuleError(f"not valid YAML: {what}", path, mark.line + 1 if mark else None) from None
    except yaml.YAMLError as error:
        raise RuleError(f"not valid YAML: {' '.join(str(error).split())}", path) from None
    parsed = YamlFile(path, None, {}, {})
    if node is None:
        raise RuleError("the file is empty", path, 1)
    value = _plain(node, (), parsed, set())
    return YamlFile(path, value, parsed.lines, parsed.spelled)


def _plain(node: Node, keys: Keys, out: YamlFile, seen: set[int]) -> Any:
    import yaml

    out.lines.setdefault(keys, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, keys, out)
    if id(node) in seen:
        raise out.error("anchors and aliases (& and *) aren't used here: write the value out", keys)
    seen.add(id(node))
    if len(keys) > _MAX_DEPTH:
        raise out.error("nested too deeply", keys)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*keys, index), out, seen) for index, item in enumerate(node.value)]
    assert isinstance(node, yaml.MappingNode)
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        line = key_node.start_mark.line + 1
        if not isinstance(key, str):
            raise RuleError("a key must be plain text", out.path, line)
        if key in result:
            raise RuleError(f"the key '{key}' is there twice", out.path, line)
        out.lines[(*keys, key)] = line
        result[key] = _plain(value_node, (*keys, key), out, seen)
    return result


def _scalar(node: Any, keys: Keys, out: YamlFile) -> Any:
    tag = node.tag.rpartition(":")[2]
    text: str = node.value
    if tag in ("str", "timestamp"):  # a date stays as it is written
        return text
    out.spelled[keys] = text
    try:
        if tag == "null":
            return None
        if tag == "bool":
            return text.lower() in ("yes", "true", "on")
        if tag == "int":
            return int(text, 10)
        if tag == "float":
            return float(text)
    except ValueError:
        return text
    raise out.error(f"'{node.tag}' isn't used here: write plain text", keys)
