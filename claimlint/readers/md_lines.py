"""What single lines of Markdown are: the patterns and small questions of the block reader.

All patterns look at one line only, so no search can run away.
"""

from __future__ import annotations

import re

ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]++|(?=[\r\n]|$))")
ATX_END = re.compile(r"(?<![ \t])[ \t]++#++[ \t]*+$")
SETEXT = re.compile(r" {0,3}(=++|-++)[ \t]*+$")
RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*+){3,}|(?:-[ \t]*+){3,}|(?:_[ \t]*+){3,})$")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^\r\n]*+)")
QUOTE = re.compile(r" {0,3}>[ \t]?")
BULLET = re.compile(r" {0,3}([*+-]|\d{1,9}[.)])(?:([ \t]++)(?=\S)|[ \t]*+$)")
TASK = re.compile(r"\[[ xX]\][ \t]++")
TABLE_RULE = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$")
DEFINITION = re.compile(
    r"(?:^|(?<=[\r\n])) {0,3}\[([^\[\]\r\n]{1,999}+)\]:[ \t]*+(?:\r?\n[ \t]*+)?"
    r"(?:<([^<>\r\n]*+)>|([^\s<][^\s]*+))"
    r"(?:[ \t]++(?:\"[^\"\r\n]*+\"|'[^'\r\n]*+'|\([^()\r\n]*+\)))?+[ \t]*+(?=[\r\n]|$)"
)
FOOTNOTE = re.compile(r" {0,3}\[\^[^\]\r\n]{1,80}+\]:[ \t]*+")
MODULE_LINE = re.compile(r"(?:import|export)[ \t{*]")
PIPE = re.compile(r"(?<!\\)\|")
CONTAINER_DIRECTIVE = re.compile(r" {0,3}:{3,}[^\r\n]*+$")

_BLOCKS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|"
    "menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|"
    "track|ul"
)
_HTML_RAW = re.compile(r" {0,3}<(script|pre|style|textarea)(?=[\s>]|$)", re.I)
_HTML_OTHER = re.compile(r" {0,3}<(?:(!--)|![a-zA-Z])")
_HTML_BLOCK = re.compile(r" {0,3}</?(?:" + _BLOCKS + r")(?=[\s>]|/>|$)", re.I)
_HTML_LONE = re.compile(
    r""" {0,3}</?[a-zA-Z][a-zA-Z0-9.-]*+(?=[\s/>])(?:[^>=]++|=[ \t]*+(?:"[^"]*+"|'[^']*+')?+)*+>[ \t]*+$"""
)


def html_block(line: str, interrupts: bool) -> str | None:
    """The text that ends the HTML block which starts with ``line``: "" for a blank line, None for no block.

    ``interrupts`` is True where the line would end a paragraph, which a lone inline tag does not.
    """
    if "<" not in line[:4]:
        return None
    raw = _HTML_RAW.match(line)
    if raw is not None:
        return "</" + raw.group(1).lower()
    other = _HTML_OTHER.match(line)
    if other is not None:
        return "-->" if other.group(1) else ">"
    if _HTML_BLOCK.match(line) is not None or (not interrupts and _HTML_LONE.match(line) is not None):
        return ""
    return None


def columns(indent: str, before: int = 0) -> int:
    """How wide white space is, with tab stops every four columns; ``before`` is where it starts."""
    at = before
    for char in indent:
        at += 4 - at % 4 if char == "\t" else 1
    return at - before


def cells(row: str) -> list[tuple[int, int]]:
    """The stretches of a table row's cells."""
    found: list[tuple[int, int]] = []
    at = len(row) - len(row.lstrip())
    end = len(row.rstrip())
    if row.startswith("|", at):
        at += 1
    for match in PIPE.finditer(row, at, end):
        found.append((at, match.start()))
        at = match.end()
    if at < end and row[at:end].strip():
        found.append((at, end))
    return found
