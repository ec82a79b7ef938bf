"""Generates the forms of a word, so that a lexicon lists each concept once and nothing guesses stems.

All functions are pure: they take a word or a phrase in lower case and return its forms, the given
one first; a form too many costs a little memory, a wrong stem would cost a false alarm.
"""

from __future__ import annotations

import re

from claimlint.rules.irregular import (
    FIXED_ISE,
    FIXED_IZE,
    OUR_STEMS,
    PLURALS,
    PREFIXED_STEMS,
    STRESSED_END,
    VERB_PAST,
)

_MARK = re.compile(r"[\W_]")
_VOWELS = frozenset("aeiou")
_PREPOSITIONS = frozenset("of in with to for from by on at around under due".split())
_PREFIXES = ("re", "un", "out", "over", "under", "up", "dis", "mis")


def fold(text: str) -> str:
    """``text`` as terms are compared: lower case, each mark one space, letters of any script kept."""
    return _MARK.sub(" ", " ".join(text.lower().split())).strip()


def plural(phrase: str) -> str:
    """The regular or irregular plural of a noun phrase; the phrase itself where it has none.

    The head is the last word, or the one before the first preposition (loss of hair, losses of hair).
    """
    words = phrase.split(" ")
    head = len(words) - 1
    for index in range(1, len(words)):
        if words[index] in _PREPOSITIONS:
            head = index - 1
            break
    words[head] = _plural_word(words[head])
    return " ".join(words)


def _plural_word(word: str) -> str:
    lead, hyphen, last = word.rpartition("-")
    if hyphen:
        return f"{lead}-{_plural_word(last)}"
    if word in PLURALS:
        return PLURALS[word]
    if not word or not word[-1].isalpha():
        return word
    for irregular in ("woman", "man", "child", "tooth", "foot"):
        if word.endswith(irregular) and word != "human":
            return word[: -len(irregular)] + PLURALS[irregular]
    if word.endswith(("itis", "us")):  # arthritis, lupus: nobody writes a plural
        return word
    if word.endswith("is"):
        return word[:-2] + "es"
    if word.endswith("s") and not word.endswith("ss"):  # diabetes, hives, headaches
        return word
    return _add_s(word)


def _add_s(word: str) -> str:
    """The ending -s as both plurals and third persons take it."""
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word + "s"


def third_person(verb: str) -> str:
    """treats, relieves, goes; a phrasal verb inflects its first word (gets rid of)."""
    first, rest = _split(verb)
    if first in ("be", "have"):
        return {"be": "is", "have": "has"}[first] + rest
    if first.endswith("o") and first[-2:-1] not in _VOWELS:  # goes, does, undoes, vetoes
        return first + "es" + rest
    return _add_s(first) + rest


def past(verb: str) -> tuple[str, ...]:
    """Past and participle without repetition: (reduced,) or (gave, given)."""
    first, rest = _split(verb)
    known = VERB_PAST.get(first)
    if known:
        return tuple(form + rest for form in known)
    if first.endswith("e"):
        return (first + "d" + rest,)
    if first.endswith("y") and first[-2:-1] not in _VOWELS:
        return (first[:-1] + "ied" + rest,)
    return tuple(stem + "ed" + rest for stem in _stems(first))


def gerund(verb: str) -> tuple[str, ...]:
    """(reducing,); two where British and American spelling differ (cancelling, canceling)."""
    first, rest = _split(verb)
    if first.endswith("ie"):
        return (first[:-2] + "ying" + rest,)
    if first.endswith("e") and not first.endswith(("ee", "oe", "ye")) and first != "be":
        return (first[:-1] + "ing" + rest,)
    return tuple(stem + "ing" + rest for stem in _stems(first))


def _split(verb: str) -> tuple[str, str]:
    first, space, rest = verb.partition(" ")
    return first, space + rest


def _stems(word: str) -> tuple[str, ...]:
    """What -ed and -ing are added to: the word, the word with its last letter doubled, or both."""
    if word.endswith("c"):
        return (word + "k",)
    if not _ends_in_short_syllable(word):
        return (word,)
    doubled = word + word[-1]
    if _syllables(word) == 1 or word in STRESSED_END or _prefixed(word):
        return (doubled,)
    if word.endswith("l"):  # cancelled and canceled
        return (doubled, word)
    return (word,)


def _ends_in_short_syllable(word: str) -> bool:
    if len(word) < 3 or word[-1] in _VOWELS or word[-1] in "wxyh":
        return False
    before = word[-3:-1]
    return before[1] in _VOWELS and (before[0] not in _VOWELS or word[-4:-1].startswith("qu"))


def _syllables(word: str) -> int:
    count, inside = 0, False
    for index, char in enumerate(word):
        vowel = char in _VOWELS or (char == "y" and index > 0)
        if char == "u" and word[index - 1 : index] == "q":
            vowel = False
        count += vowel and not inside
        inside = vowel
    return count


def _prefixed(word: str) -> bool:
    return any(word.startswith(prefix) and word[len(prefix) :] in PREFIXED_STEMS for prefix in _PREFIXES)


def spellings(verb: str) -> tuple[str, ...]:
    """The verb and its spelling across the Atlantic (normalise, normalize; colour, color)."""
    first, rest = _split(verb)
    if first.endswith("ise") and first not in FIXED_ISE:
        return verb, first[:-3] + "ize" + rest
    if first.endswith("ize") and first not in FIXED_IZE:
        return verb, first[:-3] + "ise" + rest
    if first.endswith("lyse"):
        return verb, first[:-2] + "ze" + rest
    if first.endswith("lyze"):
        return verb, first[:-2] + "se" + rest
    if first.endswith("our") and first[:-3] in OUR_STEMS:
        return verb, first[:-3] + "or" + rest
    if first.endswith("or") and first[:-2] in OUR_STEMS:
        return verb, first[:-2] + "our" + rest
    return (verb,)
