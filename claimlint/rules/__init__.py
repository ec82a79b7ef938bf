"""Rules as data: loads packs, lexicons and provisions from YAML into one frozen Ruleset.

Nothing here looks at a document; `load` is the way in, and the other modules are its parts.
"""

from claimlint.rules.loader import load
from claimlint.rules.ruleset import Ruleset

__all__ = ["Ruleset", "load"]
