"""Turns views into pages: one place where Jinja2 is set up, every value is escaped and the content security policy is made.

The look is the single report's: its style sheet, its macros, and a few rules of our own.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from claimlint.reporters.view import count, encodable, is_web_address, visible


@cache
def _parts() -> tuple[Any, str, str]:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    import claimlint.reporters

    own = Path(__file__).parent / "templates"
    shared = Path(claimlint.reporters.__file__).parent / "templates"
    style = "".join(
        (folder / name).read_text(encoding="utf-8")
        for folder, name in ((shared, "report.css"), (own, "batch.css"))
    )
    script = (own / "index.js").read_text(encoding="utf-8")
    environment = Environment(
        loader=ChoiceLoader(
            [PackageLoader("claimlint.batch", "templates"), PackageLoader("claimlint.reporters", "templates")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"plural": count, "web": is_web_address, "seen": visible}
    return environment, style, script


def page(template: str, **values: Any) -> bytes:
    """One page as UTF-8. Only our own style and script go in unescaped; the policy names them by their hashes."""
    from markupsafe import Markup

    environment, style, script = _parts()
    text = environment.get_template(template).render(
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        **values,
    )
    return encodable(text).replace("\x00", "\ufffd").encode()


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
