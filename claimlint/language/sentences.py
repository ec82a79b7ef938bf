"""Where sentences start and end in one block of health copy.

Cues, guards and claims work within a sentence, so a full stop after "Dr." or in "2.5 mg" must not end one,
and a bullet pasted into a paragraph must. What is known of abbreviations is data at the head of the module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from claimlint.language._confusables import pattern

LONGEST = 1000
"""Code points after which a run without a stop is cut, so that what works sentence by sentence stays linear."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Never end a sentence: something always follows.
_LEADING = _set(
    "dr drs mr mrs ms mx prof rev hon gov sen gen col lt capt sgt messrs st mt vs v e.g eg i.e ie cf "
    "viz approx ca resp incl excl esp"
)
# Refer to a number: end a sentence unless a figure (or a bracket or single letter) follows.
_NUMBERED = _set("no nos fig figs eq eqs ref refs sec sect ch vol vols pp p para art tab suppl ed cap")
# May end a sentence: they do where a word follows that begins one.
_TRAILING = _set(
    "etc inc co corp ltd llc plc gmbh jr sr al dept est ave blvd rd tel ext misc avg temp max min "
    "assoc intl univ hosp a.m p.m u.s u.k e.u u.s.a u.n d.c b.c a.d m.d ph.d d.o r.n n.d d.c l.ac "
    "b.sc m.sc pharm.d psy.d dr.med i.v i.m s.c p.o b.i.d t.i.d q.i.d q.d p.r.n"
)
# Units and dates: end a sentence before any capital, never before a figure or a small letter.
_UNITS = _set(
    "mg mcg ug kg g ml dl l cm mm km oz lb lbs ft in iu hr hrs mins secs sec wk wks mo mos yr yrs "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun"
)
_ALSO_WORDS = frozenset({"in", "sun", "sat"})
# Closed-class words and the openings of marketing copy: after an abbreviation they start a new sentence.
_STARTERS = _set(
    "a about above after again all also although among an and another any are as at ask because "
    "before below book both but buy by call can clinical click contact despite discover do does "
    "during each even every find for from get has have he her here his how however i if in is it "
    "its join just later learn let many may meet more most my new no nor not now of on once one "
    "only or order other our over patients read research results see she since so some start still "
    "studies such take thanks that the their then there these they this those though through thus "
    "to today try under unlike until visit was we were what when where whether which while who why "
    "will with without you your"
)
# Words before a capital letter that names a kind, not a person: "vitamin C."
_LETTERED = _set(
    "vitamin vitamins hepatitis type group plan grade phase stage class part arm appendix "
    "influenza factor option cohort protein step schedule medicare"
)
_INITIAL_BEFORE = _set("by with from of for to via and dr prof mr mrs ms")
_TOP_LEVEL = _set("com org net gov edu io co uk de info biz health clinic shop eu ca au js html php pdf")

_KNOWN = _LEADING | _NUMBERED | _TRAILING | _UNITS
_IDEOGRAPHIC = "\u3002\uff01\uff1f"
_BULLETS = (
    "\u2022\u2023\u25aa\u25ab\u25cf\u25cb\u25e6\u25a0\u25a1\u25b6\u25b8\u25ba\u25c6\u25c7\u2605\u2606\u27a4\u2794"
    "\u279c\u27a2\u2713\u2714\u2705\u2611\u274c\u2717\u2718\u00b7\u2043"
)
_EMOJI = "\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff"
# The pattern looks at what follows: most stops that end nothing ("2.5", "e.g.") never reach Python.
# A run of stops is entered at its first alone: otherwise a long one would be tried again from each.
_STOP = re.compile(
    r"[.!?\u2026](?<![.!?\u2026]{2})[.!?\u2026]*+"
    r"(?P<close>[\"')\]\u201d\u2019\u00bb*_]*+(?:\[\d[\d,\-\u2013 ]{0,12}\])?+)"
    r"(?=\s|[^\W\da-z_])"
)
_MARK = (  # one set of characters comes first, so that the search for it is fast
    rf"[{_IDEOGRAPHIC}{_BULLETS}|{_EMOJI}](?:(?<=[{_IDEOGRAPHIC}])[{_IDEOGRAPHIC}]*+"
    rf"|(?<=\s[{_BULLETS}])\ufe0f?(?=\s|[A-Z0-9])|(?<=\s\|)\|*+(?=\s)"
    rf"|(?<=\s[{_EMOJI}])[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*+(?=\s+[A-Z0-9]))"
)
_SPACE = re.compile(r"\s*+")
_OPENING = re.compile(r"[\"'(\[\u201c\u2018\u00ab*_\u00bf\u00a1]*+")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_BRAND = re.compile(r"[a-z]{1,3}[A-Z]")
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]{1,2}")
_NUMERAL = re.compile(r"\d{1,3}|[A-Za-z]|[ivx]{1,5}")
_WINDOW = 32  # no abbreviation with what stands before it is longer


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of one block: trimmed, in order, without overlap, all the words in one of them.

    Linear in the length of the text. A bullet, a tick, an emoji before a capital and a spaced pipe start a
    new sentence and belong to it; a semicolon or colon doesn't end one.
    """
    spans: list[tuple[int, int]] = []
    start = _skip(text, 0)
    for found in _candidates(text):
        at, end = found.span()
        if at < start:
            continue
        if found.re is not _STOP:
            low = end if text[at] in _IDEOGRAPHIC else at
            if low > start:
                spans.append((start, low))
                start = _skip(text, low)
            continue
        after = _skip(text, end)
        if after == len(text):
            break
        if after == end:
            end = after = _glued(text, start, found)
        elif not _ends(text, start, at, found, after):
            continue
        if end:
            spans.append((start, end))
            start = after
    if start < len(text):
        spans.append((start, len(text)))
    whole = [(low, low + len(text[low:high].rstrip())) for low, high in spans]
    if all(high - low <= LONGEST for low, high in whole):
        return whole
    return [part for low, high in whole for part in _cut(text, low, high)]


def _cut(text: str, low: int, high: int) -> list[tuple[int, int]]:
    """A run too long to be a sentence in pieces, cut at spaces where there are any."""
    parts: list[tuple[int, int]] = []
    while high - low > LONGEST:
        at = text.rfind(" ", low + LONGEST // 2, low + LONGEST)
        at = at if at > low else low + LONGEST
        if text[low:at].strip():
            parts.append((low, low + len(text[low:at].rstrip())))
        low = _skip(text, at)
    if text[low:high].strip():
        parts.append((low, high))
    return parts


def _candidates(text: str) -> Iterable[re.Match[str]]:
    stops = _STOP.finditer(text)
    if text.isascii() and "|" not in text:
        return stops
    marks = list(pattern(_MARK).finditer(text))
    return sorted([*stops, *marks], key=re.Match.start) if marks else stops


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _glued(text: str, start: int, found: re.Match[str]) -> int:
    """Where a sentence ends that has no space after its stop ("pain.Our"), or 0 where none does."""
    at, end = found.span()
    following = _WORD.match(text, end)
    if not following or not text[end].isupper():
        return 0
    before = text[max(start, at - 2 * _WINDOW, text.rfind(" ", max(start, at - 2 * _WINDOW), at) + 1) : at]
    if text[at] != ".":
        return end if before[-1:].isalnum() else 0
    web = any(sign in before for sign in "./@:\\") or text[following.end() : following.end() + 1] in (
        "/",
        "@",
        "(",
    )
    known = before.casefold() in _LEADING or before.casefold() in _TRAILING
    name = following.group().casefold() in _TOP_LEVEL
    return 0 if len(before) < 3 or not before[-1].islower() or web or known or name else end


def _ends(text: str, start: int, at: int, found: re.Match[str], after: int) -> bool:
    """Whether a stop with white space up to ``after`` ends the sentence."""
    following = text[after]
    if not following.isalnum():
        opening = _OPENING.match(text, after)
        after = opening.end() if opening else after
        following = text[after : after + 1]
        if following and following in ".!?\u2026,;":
            return False
    if following.islower() and not _BRAND.match(text, after) and not text[start].islower():
        return False
    if text[at] != "." or found.start("close") - at > 1:
        return True
    token = text[max(start, text.rfind(" ", max(start, at - _WINDOW), at) + 1) : at]
    if len(token) > 1 and token.isalpha() and token.islower() and token not in _KNOWN:
        return True
    return _full_stop(text, start, at, after)


def _full_stop(text: str, start: int, at: int, head: int) -> bool:
    """Whether a single full stop before a capital, figure or sign is more than an abbreviation's."""
    low = max(start, at - _WINDOW)
    words = text[low:at].split()
    if not words or text[at - 1].isspace():
        return True
    written = words[-1].lstrip("\"'([{\u201c\u2018*_-")
    token = written.casefold()
    following = text[head : head + 1]
    word = _WORD.match(text, head)
    starter = word is not None and word.group().casefold() in _STARTERS
    if len(words) == 1 and low == start and _NUMERAL.fullmatch(token):
        return False  # the numeral of a list
    if "-" in token and token.rsplit("-", 1)[1] in _UNITS:
        token = token.rsplit("-", 1)[1]
    if token == "st" and len(words) > 1 and words[-2][:1].isupper():
        return starter
    if token in _LEADING:
        return token == "ca" and written == "CA" and starter
    if token in _NUMBERED:
        return not (following.isdigit() or following in "#" or (word is not None and len(word.group()) == 1))
    if len(token) == 1 and written.isupper():
        initials = text[head + 1 : head + 2] == "." and following.isupper()
        return not initials and _after_letter(words, starter, len(words) == 1 and low == start)
    if token in _UNITS:
        return following.isupper() or (token in _ALSO_WORDS and not following.isdigit())
    if token in ("a.m", "p.m"):
        return following.isupper() and (starter or not _calendar(word))
    if token in _TRAILING or _DOTTED.fullmatch(token):
        return starter and not (word is not None and word.group() == "A" and token in ("u.s", "u.k"))
    return True


def _after_letter(words: list[str], starter: bool, first: bool) -> bool:
    """Whether "X." ends a sentence: not as an initial of a name."""
    if first:
        return False
    before = words[-2].strip("\"'(,") if len(words) > 1 else ""
    if before.casefold() in _LETTERED:
        return True
    named = before[:1].isupper() or before.casefold().rstrip(".") in _INITIAL_BEFORE or before in ("&", "")
    return starter or not named


def _calendar(word: re.Match[str] | None) -> bool:
    """Whether a time zone, a weekday or a month follows a time of day."""
    if word is None:
        return False
    text = word.group()
    day_or_month = text.casefold()[:3] in _UNITS and text.casefold() not in _STARTERS
    return day_or_month or (text.isupper() and 1 < len(text) < 5)
