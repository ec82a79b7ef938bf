"""Finds the copy in the strings of PHP: echoed text, arrays of content, variables whose names say what they hold.

Strings of PHP are mostly not copy (queries, paths, messages to developers), so that a key, a variable, an echo, a
translation or the form of a sentence has to vouch for them.
"""

from __future__ import annotations

import re

from claimlint.model import Comment
from claimlint.readers.copy_php_lex import Token
from claimlint.readers.copy_plan import Plan
from claimlint.readers.copy_policy import is_sentence, key_says, names_text, why_not
from claimlint.readers.copy_shortcode import scan_shortcodes
from claimlint.readers.copy_tree import Tree
from claimlint.readers.copy_values import Decoded, Decoder
from claimlint.readers.holes import WORD

SPEAKS = re.compile(r"=|echo|print|the_\w+|esc_\w+|_e|printf|e", re.I)
"""Names that begin a piece of code whose value stands on the page."""
_ECHOES = frozenset({"echo", "print", "=", "return", "printf", "vprintf"})
_WRAPS = re.compile(
    r"(?:esc_)?(?:html|attr)?_?(?:__|_e|_x)|__|_e|_x|esc_html|esc_attr|esc_html__|esc_html_e|esc_attr_e|esc_attr__|trans|htmlspecialchars|nl2br"
    r"|wp_kses_post|wpautop|ucfirst|trim|sprintf|array|collect|e|printf|wp_kses|apply_filters|html_entity_decode|section|component"
)
_SILENT = re.compile(
    r"\w*(?:exception|error|log|query|notice|deprecated|incorrect_usage)|die|exit|throw|assert|debug|info|warn|warning|trace|mail|header|prepare"
    r"|preg_\w+|str_\w+|strpos|stripos|strstr|explode|implode|join|in_array|array_\w+|isset|empty|unset|define?d|function_exists|class_exists"
    r"|get_option|get_theme_mod|update_option|register_\w+|add_(?:action|filter|menu_page|submenu_page|settings_\w+|meta_box)|wp_(?:enqueue|register|die)\w*"
    r"|require|include|require_once|include_once|date|gmdate|strtotime|format|where|select|orderby|route|url|asset|config|env|view|redirect|abort",
    re.I,
)
"""Calls whose strings are for a program or its developers."""
_HOLES = r"%%|(?<![\d%])%(?:\d{1,2}+\\?\$)?+[-+]?+\d{0,3}+(?:\.\d{1,3}+)?+[sdufF](?!\w)|%\d{1,2}+\\?\$[sdufF]"
"""What a format string has filled in. A percentage has its number before the sign, an address has letters behind it."""
_VALUE = r"|\{\$[^{}\n]{1,200}+\}|\$[A-Za-z_]\w*+(?:->\w++|\[[^\]\n]{0,80}+\])?+"
_DOUBLE = re.compile(
    _HOLES + r"|\\u\{[0-9a-fA-F]{1,6}\}|\\x[0-9a-fA-F]{1,2}|\\[\s\S]|\$\{[^{}\n]{1,200}+\}" + _VALUE
)
_SINGLE = re.compile(_HOLES + r"|\\['\\]")
_HERE = re.compile(_HOLES + r"|\\[\s\S]" + _VALUE)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "v": " ", "e": " ", "f": " ", "0": " "}
_COMPARES = frozenset({"===", "==", "!==", "!="})
_TAG = re.compile(r"<[a-zA-Z/]")
_PROGRAM = frozenset({"class", "interface", "trait", "namespace", "enum"})
_STARTS = frozenset({";", "{", "}", "abstract", "final", "readonly", ")"})
_SHORT = 80
_SHOWS = re.compile(
    r"=|echo|print|_e|__|esc_html_e|esc_html__|esc_html|esc_attr|esc_attr_e|esc_attr__|e|trans"
)


def unescape(text: str) -> str:
    """What an escape or an expression in a PHP string stands for."""
    if text[0] != "\\":
        return "%" if text == "%%" else WORD
    if text[1] in "ux" and len(text) > 2:
        number = int(text[2:].strip("{}"), 16)
        return "\ufffd" if number > 0x10FFFF or 0xD800 <= number < 0xE000 else chr(number)
    if text[1] in "\\\"'$`":
        return text[1]
    return _PLAIN.get(text[1], text)


def scan_php(plan: Plan, toks: list[Token], key: str = "") -> None:
    """Notes on ``plan`` what is copy in the tokens of one stretch of PHP. Linear.

    With ``key`` the stretch is one expression that is shown, as the value of that key.
    """
    walk = _Walk(plan, toks)
    walk.tree.top.key = key
    walk.spoken[0] = bool(key)
    walk.run()


def comment(plan: Plan, start: int, end: int) -> None:
    """Notes a comment of PHP."""
    text = plan.source[start:end]
    inner = (
        text[2:-2] if text.startswith("/*") and text.endswith("*/") and len(text) > 3 else text.lstrip("#/*")
    )
    plan.comments.append(Comment(start, end, inner))


def literal(source: str, token: Token, decoder: Decoder) -> None:
    """Adds the text of a string token to ``decoder``."""
    kind, start, end = token
    if kind == "h":
        decoder.escaped(source, start, end, _HERE, unescape)
        return
    shut = end - 1 if end - start > 1 and source[end - 1] == source[start] else end
    decoder.escaped(source, start + 1, shut, _DOUBLE if source[start] == '"' else _SINGLE, unescape)


def inline(plan: Plan, start: int, end: int, toks: list[Token], prints: bool = False) -> bool:
    """Masks all but the text of ``<?= 'text' ?>`` and its like, so that it reads as part of its sentence; False where it is none.

    ``prints`` says that an expression is printed without a word that says so.
    """
    source = plan.source
    shown = [token for token in toks if token[0] != "c"]
    strings = [token for token in shown if token[0] == "s"]
    names = [source[token[1] : token[2]] for token in shown if token[0] == "n"]
    calls = len(names) - (not prints and bool(names) and names[0] in ("echo", "=", "print"))
    if (
        not strings
        or not (names or prints)
        or end - start > 2_000
        or calls > 1
        or len(strings) > 1 + calls  # the second names the domain of a translation
        or any(token[0] in ("v", "h", "d") for token in shown)
        or any(_SHOWS.fullmatch(name) is None for name in names)
        or any(source[token[1] : token[2]] not in ("(", ")", ";", ",") for token in shown if token[0] == "o")
    ):
        return False
    kind, first, last = strings[0]
    decoder = Decoder()
    literal(source, (kind, first, last), decoder)
    text, segments = decoder.done()
    if not text or _TAG.search(text) or WORD in text or names_text(text):
        return False
    for token in toks:
        if token[0] == "c":
            comment(plan, token[1], token[2])
    done = start
    stops = [at for at, _, _ in segments[1:]] + [len(text)]
    for (at, low, high), stop in zip(segments, stops, strict=True):
        plan.masks.append((done, low, None, ""))
        if high - low != stop - at:
            plan.masks.append((low, high, None, text[at:stop]))
        done = high
    plan.masks.append((done, end, None, ""))
    return True


class _Walk:
    def __init__(self, plan: Plan, toks: list[Token]) -> None:
        self.plan = plan
        self.source = plan.source
        self.toks = [token for token in toks if token[0] != "c"]
        for kind, start, end in toks:
            if kind == "c":
                comment(plan, start, end)
        self.tree = Tree(plan)
        self.spoken = [False]
        self.program = any(
            kind == "n"
            and end - start < _SHORT
            and plan.source[start:end] in _PROGRAM
            and (at == 0 or self._text(at - 1) in _STARTS)
            for at, (kind, start, end) in enumerate(self.toks)
        )
        self.silent = [False]
        self.indexed = [False]

    def run(self) -> None:
        """Walks all tokens."""
        at = 0
        while at < len(self.toks):
            kind, start, end = self.toks[at]
            text = self.source[start:end] if end - start < _SHORT else ""
            if kind in ("s", "h"):
                at = self._string(at)
                continue
            if kind == "n" and text.lower() in _ECHOES:
                self.spoken[-1] = True
            elif kind == "o":
                self._operator(at, text)
            at += 1
        while self.tree.close() is not None:
            pass

    def _text(self, at: int) -> str:
        if not 0 <= at < len(self.toks):
            return ""
        _, start, end = self.toks[at]
        return self.source[start:end] if end - start < _SHORT else ""

    def _operator(self, at: int, text: str) -> None:
        top = self.tree.top
        if text in ("[", "("):
            word = self._text(at - 1)
            before = self.toks[at - 1][0] if at else ""
            index = text == "[" and (
                before == "v" or word in ("]", ")", "}") or (before == "n" and word.lower() not in _ECHOES)
            )
            called = before == "n" and not index and text == "("
            wraps = before != "n" or _WRAPS.fullmatch(word.lower()) is not None or word.lower() in _ECHOES
            array = (text == "[" and not index) or word.lower() in ("array", "collect")
            key = top.key
            self.tree.open("list" if array else "other")
            self.spoken.append(self.spoken[-1] and wraps and not array)
            self.silent.append(self.silent[-1] or index or (called and _SILENT.fullmatch(word) is not None))
            self.indexed.append(index)
            if not array:
                self.tree.top.key = key if wraps and not index else ""
        elif text in ("]", ")"):
            if self.tree.close() is not None:
                self.spoken.pop()
                self.silent.pop()
                self.indexed.pop()
        elif text == "=>":
            if top.kind == "list":
                top.kind, top.depth = "map", top.depth + 1
            if top.kind == "map":
                self.tree.key(self._text(at - 1).strip("\"'"))
        elif text == "," and top.kind == "map":
            top.key = ""
        elif text in ("=", ".="):
            top.key = self._assigned(at)
        elif text in (";", "{", "}") and top.kind == "other":
            top.key = ""
            self.spoken[-1] = False

    def _assigned(self, at: int) -> str:
        """The name of what is assigned to at ``=``: ``$title``, ``$data['title']`` and ``$this->title`` are all title."""
        if self._text(at - 1) == "]" and self.toks[at - 2][0] == "s":
            return self._text(at - 2).strip("\"'")
        return self._text(at - 1).lstrip("$") if at and self.toks[at - 1][0] in ("v", "n") else ""

    def _string(self, at: int) -> int:
        decoded, stop = self._joined(at)
        start, end = self.toks[at][1], self.toks[stop - 1][2]
        following = self._text(stop)
        before = self._text(at - 1)
        top = self.tree.top
        if following == "=>" or (following == "]" and self.indexed[-1]):
            return stop
        reason = ""
        if (
            before in _COMPARES
            or following in _COMPARES
            or before.lower() in ("case", "include", "require", "include_once", "require_once")
        ):
            reason = "it is compared or included"
        elif self.silent[-1]:
            reason = "it is an argument of a call that shows nothing"
        elif self._shortcode(at, decoded):
            return stop
        elif not (key_says(top.key) or self.spoken[-1] or self._vouched() or self._written(decoded[0])):
            reason = why_not(top.key, decoded[0]) or "nothing says that it is shown"
        if reason:
            self.plan.left.append((start, end, reason))
        elif self.spoken[-1] and not top.key:
            top.key = "text"
            self.tree.string(start, end, decoded)
            top.key = ""
        else:
            self.tree.string(start, end, decoded)
        return stop

    def _vouched(self) -> bool:
        """True in arrays of content: some key around, or beside, holds copy."""
        return any(key_says(frame.name) for frame in self.tree.frames[-3:]) or any(
            key_says(key) for key in self.tree.top.keys
        )

    def _written(self, text: str) -> bool:
        """True for a sentence, or prose in a list, outside programs, where most are messages to whoever runs them."""
        top = self.tree.top
        if self.program or key_says(top.key) is not None:
            return False
        return is_sentence(text) or (top.kind == "list" and why_not(None, text) is None)

    def _shortcode(self, at: int, decoded: Decoded) -> bool:
        if self.program and self._text(at - 2) != "do_shortcode":
            return False
        return scan_shortcodes(self.plan, decoded)

    def _joined(self, at: int) -> tuple[Decoded, int]:
        decoder = Decoder()
        literal(self.source, self.toks[at], decoder)
        at += 1
        while self._text(at) == "." and at + 1 < len(self.toks):
            kind = self.toks[at + 1][0]
            begin = at
            if kind in ("s", "h"):
                literal(self.source, self.toks[at + 1], decoder)
                at += 2
                continue
            if kind not in ("v", "n"):
                break
            at += 2
            depth = 0
            while at < len(self.toks) and at < begin + 40:
                text = self._text(at)
                if text in ("[", "("):
                    depth += 1
                elif text in ("]", ")"):
                    depth -= 1
                    if depth < 0:
                        break
                elif depth == 0 and text not in ("->", "::") and self._text(at - 1) not in ("->", "::"):
                    break
                at += 1
            if depth > 0:
                return decoder.done(), begin
            decoder.add(WORD, self.toks[begin][1], self.toks[at - 1][2])
        return decoder.done(), at
