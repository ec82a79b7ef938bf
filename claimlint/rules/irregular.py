"""English words whose forms no rule yields: irregular verbs, irregular plurals, stress and spelling.

They are facts of the language rather than of health copy, so they stand here as plain tables that
`morphology` reads, and not in a lexicon.
"""

from __future__ import annotations

_VERBS = """
be was were been; bear bore borne; beat beat beaten; become became become; begin began begun; break broke
broken; bring brought; build built; burn burned burnt; buy bought; catch caught; choose chose chosen; come
came come; cut cut; do did done; draw drew drawn; drive drove driven; eat ate eaten; fall fell fallen;
feel felt; fight fought; find found; forget forgot forgotten; get got gotten; give gave given; go went
gone; grow grew grown; have had; hold held; hurt hurt; keep kept; know knew known; lay laid; lead led;
leave left; let let; lose lost; make made; mean meant; meet met; overcome overcame overcome; pay paid; put
put; quit quit; rebuild rebuilt; regrow regrew regrown; reset reset; rid rid; rise rose risen; run ran
run; say said; see saw seen; sell sold; send sent; set set; shed shed; show showed shown; shrink shrank
shrunk; sleep slept; speed sped; split split; spread spread; stand stood; take took taken; tell told;
think thought; undergo underwent undergone; understand understood; undo undid undone; win won; withdraw
withdrew withdrawn; write wrote written
"""

VERB_PAST: dict[str, tuple[str, ...]] = {
    words[0]: tuple(dict.fromkeys(words[1:])) for entry in _VERBS.split(";") if (words := entry.split())
}

PLURALS = {
    "bacterium": "bacteria",
    "bias": "biases",
    "calf": "calves",
    "child": "children",
    "foot": "feet",
    "fungus": "fungi",
    "gas": "gases",
    "half": "halves",
    "human": "humans",
    "knife": "knives",
    "leaf": "leaves",
    "lens": "lenses",
    "life": "lives",
    "loaf": "loaves",
    "man": "men",
    "mouse": "mice",
    "ovum": "ova",
    "person": "people",
    "potato": "potatoes",
    "quiz": "quizzes",
    "self": "selves",
    "shelf": "shelves",
    "stomach": "stomachs",
    "tomato": "tomatoes",
    "tooth": "teeth",
    "vertebra": "vertebrae",
    "virus": "viruses",
    "wolf": "wolves",
    "woman": "women",
}

STRESSED_END = frozenset(
    """
    abhor acquit admit allot begin commit compel concur confer control defer deter dispel emit enrol
    equip excel expel extol forget handicap incur infer kidnap occur omit outrun patrol permit
    prefer program programme propel rebel rebut recur refer regret remit repel reprogram submit
    transfer transmit upset worship
    """.split()
)
"""Verbs of several syllables that double their last consonant (occurred), unlike benefit or develop."""

PREFIXED_STEMS = frozenset(
    """
    bid cap clog cut fit get knit let map pin plan plug pot put rid run set ship sit spin step stop
    strip tap trim win wrap zip
    """.split()
)
"""Monosyllables that double also behind re-, un-, out-, over- and the like (unclogged)."""

FIXED_ISE = frozenset(
    """
    advertise advise apprise arise braise bruise chastise circumcise comprise compromise cruise
    despise devise disguise excise exercise franchise improvise incise liaise merchandise noise
    poise praise premise promise raise reprise revise rise supervise surmise surprise televise
    """.split()
)
FIXED_IZE = frozenset(
    """
    capsize downsize prize seize size upsize
    """.split()
)
OUR_STEMS = frozenset(
    """
    arm behavi clam col discol enam endeav fav flav harb hon lab misbehavi neighb parl rum sav tum
    vap vig
    """.split()
)
"""What stands before -our in British and -or in American spelling (colour, color)."""
