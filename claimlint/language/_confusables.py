"""The characters that can disguise a word: invisible ones, marks, look-alikes and styled alphabets.

``normalise`` undoes a disguise and ``hidden`` reports it, so what counts as one is written once, here,
as data and the small functions that read it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SOFT_HYPHEN = "\u00ad"
# Characters with no width or no glyph, control characters among them (white space is not).
_INVISIBLE = (
    "\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_MARKS = "\u0300-\u034e\u0350-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_ALPHABETS = (  # look-alikes in the first line, compatibility characters in the others
    "\u0250-\u02ff\u0370-\u058f\u13a0-\u13ff\u1d00-\u1dbf\u2c80-\u2cff\ua4d0-\ua4ff\ua730\ua731"
    "\u0132\u0133\u0149\u017f\u01c4-\u01cc\u01f1-\u01f3\u2100-\u2115\u2117-\u2121\u2123-\u214f\u2160-\u217f"
    "\u2460-\u24ff\u3300-\u33ff\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff\U0001f110-\U0001f189"
)
SUSPECT = f"[{_INVISIBLE}{_MARKS}{_ALPHABETS}]"
_FIND = SUSPECT
_REST = f"[\\w{SUSPECT[1:-1]}]*+"
_INVISIBLE_RE = f"[{_INVISIBLE}]"
_MARK_RE = f"[{_MARKS}]"
_ONE_SCRIPT = "[\u0370-\u0482\u048a-\u058f]+"
# Scripts in which joiners and zero-width spaces are part of the spelling.
_JOINING = "[\u0590-\u139f\u1400-\u1cff\u2d00-\u2dff\u2e80-\ua4cf\ua500-\ud7ff\uf900-\ufaff\ufb07-\ufdff]"
_OVERLAYS = "[\u0334-\u0338\u0488\u0489\u20d0-\u20e4\u20e6-\u20ff]"
_SUPERSCRIPT_LETTER = "[\u02b0-\u02b8\u02e0-\u02e4\u1d2c-\u1d6a\u1d78\u1d9b-\u1dbf\u2071\u207f]"
_CIRCLED = "[\u24b6-\u24e9]"
_PICTURES = frozenset({"So", "Sk", "Cf", "Mn"})  # an emoji, its skin tone, a joiner or selector that was kept
_WHITE_ON_BLACK = "[\U0001f150-\U0001f169\U0001f170-\U0001f189]"


@cache
def pattern(source: str) -> re.Pattern[str]:
    """The pattern, compiled when first wanted: large sets cost milliseconds that plain pages needn't pay."""
    return re.compile(source)


def _pairs(table: str) -> dict[str, str]:
    """``0430a`` means: code point 0430 looks like ``a``."""
    return {chr(int(item[:-1], 16)): item[-1] for item in table.split()}


# Drawn like the Latin letter in common typefaces.
_SAME = _pairs(
    "0430a 0435e 043eo 0440p 0441c 0443y 0445x 0456i 0458j 0455s 0501d 04bbh 051bq 051dw 0475v "
    "04cfl 04afy 04bde 0410A 0412B 0415E 041aK 041cM 041dH 041eO 0420P 0421C 0422T 0423Y 0425X "
    "0406I 0408J 0405S 050cG 051cW 04c0I 0391A 0392B 0395E 0396Z 0397H 0399I 039aK 039cM 039dN "
    "039fO 03a1P 03a4T 03a5Y 03a7X 03bfo 03f2c 03f9C 03f3j 0585o 057du 0578n 0570h 0581g 0566q "
    "0555O 054dU 054fS 053cL 13a0D 13a1R 13a2T 13a5i 13aaA 13abJ 13acE 13b3W 13b7M 13bbH 13c0G "
    "13c3Z 13d2R 13d5S 13d9V 13daS 13deL 13dfC 13e2P 13e6K 13f4B 2c9fo 2ca5c 2ca3p 2c9eO 2ca4C "
    "2ca2P a4d0B a4d1P a4d3D a4d4T a4d6G a4d7K a4d9J a4daC a4dcZ a4ddF a4dfM a4e0N a4e1L a4e2S "
    "a4e3R a4e6V a4e7H a4eaW a4ebX a4ecY a4eeA a4f0E a4f2I a4f3O a4f4U 1d00a 0299b 1d04c 1d05d "
    "1d07e a730f 0262g 029ch 026ai 1d0aj 1d0bk 029fl 1d0dm 0274n 1d0fo 1d18p 0280r a731s 1d1bt "
    "1d1cu 1d20v 1d21w 028fy 1d22z 0251a 0261g"
)
# Alike enough to be read so among Latin letters, not enough to be mixed up in a Cyrillic word.
_ALIKE = _pairs("043ak 043cm 0442t 0432b 043dh 0433r 043fn 0438u 044cb 0451e 0457i 0491r")
# Greek small letters have a use of their own in science (TNFα, NFκB, µg): only between Latin small letters.
_GREEK = _pairs(
    "03b1a 03b2b 03b5e 03b7n 03b9i 03bak 03bcu 03bdv 03c1p 03c3o 03c4t 03c5u 03c7x 03b3y 03c9w "
    "03c2c 03aca 03ade 03afi 03cco 03cdu"
)
_SCRIPTS = (  # (first, last, name), by code point
    (0x250, 0x2FF, "phonetic"),
    (0x370, 0x3FF, "greek"),
    (0x400, 0x52F, "cyrillic"),
    (0x530, 0x58F, "armenian"),
    (0x13A0, 0x13FF, "cherokee"),
    (0x1D00, 0x1D2B, "phonetic"),
    (0x2C80, 0x2CFF, "coptic"),
    (0xA4D0, 0xA4FF, "lisu"),
    (0xA730, 0xA731, "phonetic"),
)


def suspect_words(text: str) -> list[tuple[int, int]]:
    """Spans of the words with a character worth a look, in order, without those of one plain script."""
    spans: list[tuple[int, int]] = []
    done = 0
    for found in pattern(_FIND).finditer(text):
        start = found.start()
        if start < done:
            continue
        low = start
        while low > done and (text[low - 1].isalnum() or text[low - 1] == "_"):
            low -= 1
        rest = pattern(_REST).match(text, start)
        done = rest.end() if rest else found.end()
        if not pattern(_ONE_SCRIPT).fullmatch(text, low, done):
            spans.append((low, done))
    return spans


def invisible(char: str) -> bool:
    """Whether the character shows nothing: zero-width, soft hyphen, bidi or other control, selector."""
    return pattern(_INVISIBLE_RE).match(char) is not None


def mark(char: str) -> bool:
    """Whether it is a combining mark of the kinds that Latin letters take."""
    return pattern(_MARK_RE).match(char) is not None


def overlay(marks: str) -> bool:
    """Whether some mark strikes through or encloses its letter, or marks pile up as no spelling needs."""
    return len(marks) > 2 or pattern(_OVERLAYS).search(marks) is not None


def joins(before: str, after: str) -> bool:
    """Whether an invisible character between these two is spelling (Persian, Thai, emoji), not disguise."""
    if before > "\u2000" and unicodedata.category(before) in _PICTURES:
        return True
    return after == "\u20e3" or pattern(_JOINING).match(before) is not None


def latin(char: str) -> bool:
    """Whether it is a letter of the Latin alphabet, accents included."""
    return char.isalpha() and (char < "\u0250" or "\u1e00" <= char <= "\u1eff")


def compatible(char: str, circled: bool = True) -> str:
    """The plain spelling of a full-width, mathematical, circled or ligature character, else the character.

    Superscripts, subscripts and fractions keep their meaning, circled figures stay bullets, and a circled
    R or C in a word that isn't ``circled`` as a whole is a trade mark or copyright sign.
    """
    if char < "\u0132":
        return char
    if pattern(_WHITE_ON_BLACK).match(char):
        return chr((ord(char) - 0x1F150) % 32 + 65)
    if "\u249c" <= char <= "\u24b5":
        return chr(ord(char) - 0x249C + 97)
    if not circled and char in "\u24b8\u24c7":
        return char
    how = unicodedata.decomposition(char)
    if not how or how.startswith(("<super>", "<sub>", "<fraction>")):
        return char
    plain = unicodedata.normalize("NFKC" if how[0] == "<" else "NFC", char)
    if plain[0] == " " or (how.startswith("<circle>") and not plain.isalpha()):
        return char
    return plain


def circled(word: str) -> bool:
    """Whether a word is written in circled letters, rather than marked with one."""
    return len(pattern(_CIRCLED).findall(word)) > 2


def lookalikes(chars: list[str]) -> dict[int, str]:
    """Which characters of a word stand for a Latin letter that they look like: index to letter.

    A word wholly in another script has none, nor has one in which that script has a letter of its own.
    """
    scripts: dict[str, list[int]] = {}
    latins = 0
    for index, char in enumerate(chars):
        if latin(char):
            latins += 1
        elif char >= "\u0250":
            name = _script(char)
            if name:
                scripts.setdefault(name, []).append(index)
    found: dict[int, str] = {}
    for name, places in scripts.items():
        if not latins and not (name == "phonetic" and len(places) > 2):
            continue
        few = len(places) < latins
        if name == "greek":
            found |= {at: _SAME[chars[at]] for at in places if chars[at] in _SAME}
            found |= _greek_between(chars, places)
        elif all(chars[at] in _SAME or (few and chars[at] in _ALIKE) for at in places):
            found |= {at: _SAME.get(chars[at]) or _ALIKE[chars[at]] for at in places}
    raised = [at for at, char in enumerate(chars) if pattern(_SUPERSCRIPT_LETTER).match(char)]
    if len(raised) > 2:
        found |= {at: unicodedata.normalize("NFKC", chars[at]) for at in raised}
    return found


def _greek_between(chars: list[str], places: list[int]) -> dict[int, str]:
    """Greek small letters of a word that stand, alone or side by side, between two Latin small letters."""
    found: dict[int, str] = {}
    greek = set(places)
    for at in places:
        if at - 1 in greek:
            continue
        end = at
        while end in greek:
            end += 1
        inside = at > 0 and end < len(chars)
        if inside and _small(chars[at - 1]) and _small(chars[end]):
            found |= {index: _GREEK[chars[index]] for index in range(at, end) if chars[index] in _GREEK}
    return found


def _small(char: str) -> bool:
    return latin(char) and char.islower()


def _script(char: str) -> str:
    point = ord(char[0])  # a compatible spelling may be several letters
    for first, last, name in _SCRIPTS:
        if first <= point <= last:
            return name
    return ""
