"""One shared idea of which strings in code and data are copy, for every reader of such formats.

A key decides where it is known (``description`` holds copy, ``className`` never does); elsewhere the value has to
look like prose. Source code is never read as prose.
"""

from __future__ import annotations

import re

HEADINGS = frozenset(
    "title heading headline header question q subject h1 h2 h3 h4 h5 h6 name label term treatment condition service".split()
)
"""Last words of keys whose value heads what stands beside it in the same object."""
QUESTIONS = frozenset({"question", "q"})
ANSWERS = frozenset({"answer", "answers", "a", "response", "reply"})
FACTS = {
    "author": "author", "byline": "author", "reviewedby": "author", "reviewer": "author", "writtenby": "author",
    "date": "date", "publishedat": "date", "datepublished": "date", "datemodified": "date", "updatedat": "date",
    "publishdate": "date", "pubdate": "date", "publishedtime": "date",
    "modifiedtime": "date", "lastupdated": "date", "lastmod": "date", "canonical": "canonical", "lang": "lang",
}  # fmt: skip
"""Keys (letters only, lower case) that hold facts about the page, and the fact that they hold."""

_COPY = HEADINGS | QUESTIONS | ANSWERS | frozenset(
    "description desc subtitle subheading subheadline tagline eyebrow kicker strapline dek text content body paragraph"
    " copy benefit feature bullet highlight quote testimonial review blurb alt arialabel placeholder cta"
    " summary"
    " excerpt abstract intro introduction lead lede caption message note disclaimer warning claim promise"
    " statement"
    " detail details point step instruction advice symptom cause risk overview about story bio mission"
    " badge teaser hook offer guarantee outcome result reason fact stat faq html markdown md conclusion tip"
    " includes included downtime recovery duration visible savings suitability frequency painlevel"
    " expectation aftercare preparation indication indications usage direction ingredient footnote tooltip"
    " hint"
    " banner announcement sentence advantage solution problem challenge explanation meaning definition".split()
)  # fmt: skip
_NEVER = frozenset(
    "class classname classes id ids href src srcset slug slugs url uri urls link links path paths route icon icons"
    " color colors colour type types variant key keys keyword keywords tag tags sku d viewbox style styles"
    " css width height"
    " size sizes font fontfamily target rel method action lang locale format mime charset encoding version"
    " license email"
    " phone tel fax lat lng longitude latitude layout template component module query selector"
    " pattern regex regexp event role htmlfor animation animate transition transform ease fill stroke"
    " image images img logo"
    " avatar photo thumbnail video file filename files extension env token secret status state mode align"
    " position display"
    " theme breakpoint date datetime time price currency hash handle handler gradient background bg shadow"
    " border radius"
    " padding margin placement direction_ attr attribute attributes param params property namespace"
    " package dependencies"
    " scripts script engine code sql table column charset integrity crossorigin blueprint uuid import from"
    " require"
    " exclude rotation weight order index schema fieldtype validate permission permissions license"
    " displayname fontname filename username hostname domain".split()
)  # fmt: skip
_META = frozenset("metadata seo meta opengraph og twitter socialmeta seometa metatags".split())

_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*+:)?//\S*+|(?:mailto|tel|data|blob|javascript|sms|file):\S.*+|[\w.+-]++@[\w.-]++\.\w++"
    r"|[@~.]{0,2}/\S*+|[\w@.-]++(?:/[\w@.:*{}$\ufffc-]++)++/?|#[\w-]++|www\.\S++|\S++\.(?:js|jsx|ts|tsx|css|scss|png|jpe?g|svg|webp"
    r"|gif|avif|mp4|webm|pdf|php|html?|json|ya?ml|md|woff2?|ico|xml|vue|twig)(?:[?#]\S*+)?",
    re.I,
)
_IDENTIFIER = re.compile(
    r"[a-z$_][\w$]*+(?:[-.:/][\w$-]++)*+|[A-Z_][A-Z0-9]*+_[A-Z0-9_]*+|[A-Za-z]++[a-z][A-Z]\w*+|\S*[\\/_=<>{}$#@]\S*"
)
_CODE = re.compile(
    r"=>|===|!==|&&|\|\||\bfunction\s*+\w*+\s*+\(|\b(?:var|let|const)\s++\w++\s*+=|\$\w++(?:->|\[)|\w::\w"
    r"|\breturn\s++[\w.(]++;|[{}]\s*+\Z|\)\s*+;\s*+\Z|^[ \t]*+[.#@]?[\w-]++[ \t]*+\{"
    r"|^[ \t]*+(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|SHOW)\s.*\b(?:FROM|INTO|SET|TABLE|WHERE|INDEX)\b"
    r"|\\[dwsbDWS][+*\]{)]|\(\?[:=!<]|\w\(\)|^[ \t]*+[a-z-]++:[ \t]*+[\w#.%() ,-]++;|\b\d++(?:px|rem|vh|vw|em)\b"
    r"|\b(?:rgba?|hsla?|var|calc|url|linear-gradient)\(|,\s*+(?:sans-)?serif\b|\bwindow\.\w|\bdocument\.\w|<\?php|\{%"
    r"|%[sd]\S*%[sd]|^[ \t]*+import\s.*\sfrom\b|\b[a-z]++_[a-z_]++\s*+=",
    re.M,
)
_UTILITY = re.compile(r"!?-?[a-z][a-z0-9]*+(?:[-:][\w\[\]()#%./,&>*=:-]++)++|[\w-]*+\[[^\]]*+\]")
_WORDY = re.compile(
    r"[\"'“‘(\[*_]*+[^\W_](?:[^\W_]|['’&/.,+%-])*+[\"'”’)\].,;:!?…*_®™]*+|[-–—&+•|✓✔→]|\ufffc\S*"
)
_ENGLISH = re.compile(
    r"\b(?:the|a|an|and|or|of|to|in|for|with|your|you|we|our|is|are|it|that|this|from|by|on|at|as|be|can|may|not|no|will|have|has|do|does"
    r"|how|what|why|when)\b",
    re.I,
)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*+>?+|</?\d{1,2}\s*+/?>")
_ENTITY = re.compile(r"&#?\w{1,30};")
_DRAWING = re.compile(r"[Mm][MmLlHhVvCcSsQqTtAaZz\d\s.,+-]++")
_SAMPLE = 4000
_FEW = 3


def words_of(key: str) -> list[str]:
    """The words of a key in lower case: ``heroSubtitle``, ``hero_subtitle`` and ``hero-subtitle`` alike."""
    return [word.lower() for word in _CAMEL.findall(key[:120])]


def last_word(key: str) -> str:
    """What the key is about: its last word that is no number, without a plural s where that makes it known."""
    words = words_of(key)
    while len(words) > 1 and words[-1].isdigit():
        words.pop()
    if not words:
        return ""
    joined, word = "".join(words), words[-1]
    if joined in _NEVER or joined in _COPY:
        return joined
    if len(words) > 1 and (words[-2] + word) in _NEVER | _COPY:
        return words[-2] + word
    if word not in _COPY and word not in _NEVER and word.endswith("s"):
        return word[:-1]
    return word


def key_says(key: str | None) -> bool | None:
    """True for a key that holds copy, False for one that never does, None for one that says nothing."""
    if not key:
        return None
    word = last_word(key)
    if word in _NEVER:
        return False
    return True if word in _COPY else None


def is_meta(key: str | None) -> bool:
    """True for keys of objects that describe the page to search engines and social sites."""
    return key is not None and "".join(words_of(key)) in _META


def fact(key: str) -> str | None:
    """The fact about the page that ``key`` holds, as ``Document.meta`` names it."""
    return FACTS.get("".join(words_of(key)))


def why_not(key: str | None, value: str) -> str | None:
    """Why ``value`` under ``key`` is not copy; None where it is copy. Linear in a bounded sample."""
    said = key_says(key)
    if said is False:
        return f"the key '{key}' never holds copy"
    text = value[:_SAMPLE]
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = _ENTITY.sub(" ", text)
    text = text.strip()
    if not _LETTERS.search(text):
        return "there are no words in it"
    reason = _machine(text)
    if reason:
        return reason
    if said:
        return None
    return None if _prose(text) else "it does not read like prose"


def is_copy(key: str | None, value: str) -> bool:
    """True where a string under ``key`` (None: no key) is copy that somebody reads."""
    return why_not(key, value) is None


def is_sentence(value: str) -> bool:
    """True for what is written as a sentence or a headline of several words, whatever stands around it."""
    text = _TAG.sub(" ", value[:_SAMPLE]).strip(" \"'“‘(\n\t")
    return text[:1].isupper() and len(_LETTERS.findall(text)) > _FEW and why_not(None, value) is None


def names_text(value: str) -> bool:
    """True for the key or the file that stands for a text (``home.title``), where the text itself could stand."""
    return not value.isalpha() and " " not in value and why_not("text", value) is not None


def is_code(text: str) -> bool:
    """True for text that is program code, style sheets or queries rather than words for a reader."""
    return _CODE.search(_ENTITY.sub(" ", text[:_SAMPLE])) is not None


def _machine(text: str) -> str | None:
    if _ADDRESS.fullmatch(text):
        return "it is an address or a path"
    tokens = text.split()
    if len(tokens) == 1:
        if _IDENTIFIER.fullmatch(text) and not text.endswith((".", "!", "?")):
            return "it is an identifier"
        return None
    if _DRAWING.fullmatch(text):
        return "it is a drawing"
    if _CODE.search(text):
        return "it is code"
    utilities = sum(1 for token in tokens[:60] if _UTILITY.fullmatch(token))
    if (
        utilities
        and text == text.lower()
        and not _ENGLISH.search(text)
        and utilities * 3 >= min(len(tokens), 60)
    ):
        return "it is a list of class names"
    return None


def _prose(text: str) -> bool:
    tokens = text.split()[:80]
    wordy = sum(1 for token in tokens if _WORDY.fullmatch(token))
    letters = len(_LETTERS.findall(" ".join(tokens)))
    if len(tokens) < 2 or letters < 2 or wordy * 5 < len(tokens) * 4:
        return False
    first = text.lstrip(" \"'“‘(*#-•\n\t")[:1]
    english = _ENGLISH.search(text) is not None
    if english and letters >= 4:
        return True
    return (first.isupper() or first.isdigit()) and any(char.islower() for char in text)
