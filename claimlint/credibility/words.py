"""The words that the credibility scorecard looks for, kept apart so that a reviewer can read and mend them.

Each list is a set of alternatives of one regular expression, matched without regard to case on whole
words; none of them nests a repetition, so that a hostile page can't make them slow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

_CARE = "(?:treatments?|therap(?:y|ies)|medications?|medicines|drugs?|options?|care|regimens?)"
_DOCTOR = r"(?:doctor|physician|gp|specialist|healthcare (?:provider|professional)|qualified providers?)"

QUESTIONS = {
    "jama/authorship": "Are authors named?",
    "jama/attribution": "Are references given?",
    "jama/disclosure": "Are funding, ownership or interests disclosed?",
    "jama/currency": "Is the page dated?",
    "discern/sources": "Does it say where its information comes from?",
    "discern/dated": "Does it say when that information was produced?",
    "discern/balance": "Are harms given room beside benefits?",
    "discern/support": "Does it point to further help or information?",
    "discern/uncertainty": "Does it say what is not known, and hedge what it says of benefits?",
    "discern/risks": "Are harms of the treatment named?",
    "discern/no-treatment": "Does it say what happens without treatment?",
    "discern/quality-of-life": "Does it speak of daily life?",
    "discern/alternatives": "Does it mention other treatments without running them down?",
    "discern/shared-decision": "Does it advise talking it over with a doctor?",
    "discern/aims": "Are its aims clear, and does it meet them? (A person has to judge.)",
    "hon/authority": "Does a person with medical credentials stand behind it?",
    "hon/complementarity": "Does it say that it does not replace a doctor?",
    "hon/privacy": "Does it say how visitors' data are treated?",
    "hon/attribution": "Are sources and dates given?",
    "hon/justifiability": "Are claims made without words of certainty or hype?",
    "hon/transparency": "Can the editor be reached?",
    "hon/financial-disclosure": "Is funding disclosed?",
    "hon/advertising": "Is promotion told apart from information?",
}

WORDS: dict[str, tuple[str, ...]] = {
    "disclosure": (
        r"conflicts? of interest|competing interests?|financial (?:interest|disclosure|relationship)s?",
        r"disclosures?:|(?:funded|sponsored|supported financially) by|paid (?:partnership|promotion)",
        r"affiliate links?|we receive (?:a )?commission",
    ),
    "uncertainty": (
        r"(?:more|further|larger|additional)(?: [a-z]+)? (?:research|studies|trials|data)",
        r"(?:not|un)(?: yet)? ?(?:well )?(?:known|clear|proven|established)|investigational|experimental",
        r"still (?:needed|ongoing|being studied|necessary)|limited evidence|remain in the research",
        r"var(?:y|ies) from person|responses vary|results (?:can|may) vary|is being studied",
        r"not every patient",
    ),
    "hedge": (
        r"may|might|could|can|possibl[ey]|potential(?:ly)?|suggests?|suggested|thought to|appears? to",
        r"is being studied|early studies|preliminary|indicates?|aimed at|some patients",
    ),
    "no-treatment": (
        r"without (?:any )?treatment|left untreated|untreated|no treatment|watchful waiting|wait and see",
        r"(?:resolves?|improves?|goes away|gets better) (?:by itself|on (?:its|their) own)",
        r"natural (?:course|history)",
    ),
    "alternatives": (
        rf"(?:other|alternative|standard|conventional|traditional|existing|current|approved) {_CARE}",
        rf"(?:standard|conventional) (?:immunosuppressive|disease-modifying|medical) {_CARE}",
        r"treatment options|corticosteroids?|biologics?|physiotherapy|physical therapy|antihistamines?",
    ),
    "running-down": (
        r"only (?:manage|mask|treat)|do(?:es)? not (?:address|offer|treat)|don't (?:address|offer)",
        r"root cause|underlying (?:cause|imbalance)|dependency|side effects|masking|over traditional",
    ),
    "quality": (r"quality of life|daily (?:life|living|functioning|activities)|everyday life",),
    "shared": (
        rf"(?:talk|speak|discuss|consult|check)(?: [a-z]+){{0,4}} {_DOCTOR}",
        rf"(?:with|by) your {_DOCTOR}|understand the risks",
    ),
    "support": (
        r"support groups?|(?:patient|national) (?:charit(?:y|ies)|associations?|societ(?:y|ies))|helpline",
        r"clinicaltrials\.gov|registered clinical trials?|approved protocols?|further reading",
    ),
    "complement": (
        r"not (?:a )?(?:substitute|replacement) for|does not replace|not (?:intended as )?medical advice",
        r"for (?:informational|educational) purposes",
    ),
    "privacy": (r"privacy (?:policy|notice)|cookie policy|data protection|hipaa|gdpr",),
    "advertising": (r"advertisement|advertising policy|sponsored content",),
    "credentials": (r"MD|M\.D\.|MBBS|PhD|Ph\.D\.|FRCP|[Bb]oard[- ]certified",),
    "reference": (
        r"et al|doi|pmid|nct\d{8}|10\.\d{4,9}/[^\s]{3}|(?:19|20)\d\d;\s?\d+|retrieved from",
        r"pubmed|cochrane",
    ),
    "hype": (
        r"breakthroughs?|revolutioni[sz](?:e|es|ed|ing)|revolutionary|miracle|miraculous|cutting[- ]edge",
        r"game[- ]chang(?:er|ing)|new era|new frontier|profound(?:ly)?|enormous|powerful|potent",
        r"transform(?:s|ing|ative)|most exciting|pioneer(?:s|ing)?|highly encouraging|compelling",
        r"intelligently",
        r"ideal candidates?|prove[sn]?|confirm(?:s|ed)?|guarantee[sd]?|natural,? (?:approach|way)|innovative",
        r"strong safety profile|science-supported",
    ),
    "benefit": (
        r"remission|relief|reliev(?:ing|e[ds]?)|improv(?:ing|e[ds]?|ements?)|reduc(?:ing|e[ds]?|tions?)",
        r"heal(?:s|ing|ed)?|restor(?:e|es|ed|ing)|regenerat(?:e|es|ed|ing|ion)|repair(?:s|ed|ing)?",
        r"promot(?:e|es|ing)|effective(?:ness)?|benefits?|alleviat(?:e|es|ed|ing)|rebalance|support(?:s|ing)?",
        r"calm(?:s|ing)?",
    ),
    "own-offer": (
        r"we (?:speciali[sz]e|offer|provide|perform|treat)|our (?:clinics?|patients|cent(?:er|re)s?|practice|team)",
    ),
    "frame": (
        r"side[- ]effects?|adverse|risks?|complications?|safety|contraindicat(?:ed|ions?)|harms?|dangers?",
    ),
    "harm": (
        r"infections?|mortality|deaths?|died|malignan(?:cy|cies|t)|cancers?|tumou?rs?|bleeding|fever|fatigue",
        r"nausea|reactions?|clots?|embolism|mucositis|organ injury|blindness|infertility|o?edema",
        r"autoimmunity",
    ),
    "other-treatment": (
        rf"(?:conventional|traditional|immunosuppressive|current|these) {_CARE}|immunosuppressants",
    ),
}


_HEADS = {
    "disclosure": "af co di fi fu pa sp su we",
    "uncertainty": "ad ex fu in is la li mo no re st un va",
    "hedge": "ai ap ca co ea in is ma mi po pr so su th",
    "no-treatment": "ge go im le na no re un wa wi",
    "alternatives": "al an ap bi co cu ex ot ph st tr",
    "running-down": "de do ma on ov ro si un",
    "quality": "da ev qu",
    "shared": "by ch co di sp ta un wi",
    "support": "ap cl fu he na pa re su",
    "complement": "do fo no",
    "privacy": "co da gd hi pr",
    "advertising": "ad sp",
    "credentials": "bo fr m. mb md ph",
    "reference": "10 19 20 co do et nc pm pu re",
    "hype": "br co cu en ga gu hi id in mi mo na ne pi po pr re sc st tr",
    "benefit": "al be ca ef he im pr re su",
    "own-offer": "ou we",
    "frame": "ad co da ha ri sa si",
    "harm": "au bl ca cl de di ed em fa fe in ma mo mu na oe or re tu",
    "other-treatment": "co cu im th tr",
}
"""How the words of each list can begin, two characters each, in lower case: only there is a list tried. A test keeps this complete."""


_SHORT = 200
"""Characters of a sentence that is remembered."""


@cache
def _tried() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """The lists to try at a word, by its first two characters."""
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for name, heads in _HEADS.items():
        flags = re.NOFLAG if name == "credentials" else re.IGNORECASE  # those keep their capitals
        expression = re.compile(rf"(?:{'|'.join(WORDS[name])})(?!\w)", flags)
        for head in heads.split():
            found.setdefault(head, []).append((name, expression))
    return found


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)\w")


def occurrences(text: str, start: int, end: int) -> Mapping[str, Sequence[tuple[int, int]]]:
    """Where words of each list stand in text[start:end]: whole words only, no two of one list overlapping."""
    return _of_late(text) if start == 0 and end == len(text) <= _SHORT else _occurrences(text, start, end)


@lru_cache(maxsize=4_096)
def _of_late(text: str) -> Mapping[str, Sequence[tuple[int, int]]]:
    """The menus, buttons and notices that the pages of a site repeat."""
    return _occurrences(text, 0, len(text))


def _occurrences(text: str, start: int, end: int) -> dict[str, list[tuple[int, int]]]:
    tried = _tried()
    found: dict[str, list[tuple[int, int]]] = {}
    for match in _word().finditer(text, start, end):
        at = match.start()
        for name, expression in tried.get(text[at : at + 2].lower(), ()):
            spans = found.get(name)
            if spans is not None and at < spans[-1][1]:
                continue
            whole = expression.match(text, at, end)
            if whole is not None:
                found.setdefault(name, []).append(whole.span())
    return found


@cache
def sentence_end() -> re.Pattern[str]:
    """Where one sentence ends, roughly: enough to tell what is said beside what."""
    return re.compile(r"[.!?;]\s")


@cache
def dated_source() -> re.Pattern[str]:
    """A year that dates a source: in brackets, or before the comma or semicolon of a reference."""
    return re.compile(r"(?<!\w)(?:in |\()(?:19|20)\d\d(?!\d)|(?<!\d)(?:19|20)\d\d[;)]")
