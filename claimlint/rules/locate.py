"""Finds the data folders that ship with the program, wherever it was installed from.

A wheel carries `rulesets/` and `seeds/` inside the package; a checkout or an editable install has
them beside it, and every caller asks here so that nobody else has to know the difference.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from claimlint.errors import RuleError

if TYPE_CHECKING:
    from pathlib import Path

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def data_path(name: str) -> str:
    """The folder ``name`` (``rulesets`` or ``seeds``) as a plain string; RuleError where it is missing."""
    for base in (_PACKAGE, os.path.dirname(_PACKAGE)):
        path = os.path.join(base, name)
        if os.path.isdir(path):
            return path
    raise RuleError(
        f"the installation is incomplete: its folder '{name}' is missing. "
        "Install again with  python -m pip install --force-reinstall claimlint"
    )


def data_folder(name: str) -> Path:
    """The folder ``name`` (``rulesets`` or ``seeds``): in the package, else beside it in a checkout."""
    from pathlib import Path

    return Path(data_path(name))
