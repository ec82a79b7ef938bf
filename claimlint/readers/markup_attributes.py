"""The copy, links and facts that stand in attributes rather than between tags.

Alternative texts, titles, placeholders and descriptions are read by people too, and claims hide there.
"""

from __future__ import annotations

import re

from claimlint.model import Link, Scope, Unread
from claimlint.readers.copy_policy import is_copy
from claimlint.readers.entities import decode_all
from claimlint.readers.html_tokens import QUOTING, Attributes, Tag
from claimlint.readers.page import Page
from claimlint.readers.page_facts import note_element

_COPY = ("alt", "title", "placeholder", "aria-label")
_QUOTED = re.compile(r"""\s*+(?:'([^'\\]++)'|"([^"\\]++)"|`([^`\\$]++)`)\s*+""")
_META_COPY = frozenset({
    "description", "og:title", "og:description", "twitter:title", "twitter:description", "twitter:image:alt",
    "og:image:alt", "dc.title", "dc.description", "abstract",
})  # fmt: skip


def read_attributes(page: Page, tag: Tag, at: int) -> None:
    """Puts the copy, links and facts in the attributes of ``tag``, which starts at ``at``, on ``page``."""
    name, found = tag.name, tag.attributes
    note_element(page, name, found, at)
    if name == "a":
        href = found.get("href")
        if href is not None and href[0]:
            page.links.append(Link(decode_all(href[0]).strip(), at + href[1], at + href[2]))
    elif name == "meta":
        _meta(page, found, at)
        return
    elif name == "link":
        return
    elif name == "input":
        kind = found.get("type", ("text", 0, 0))[0].strip().lower()
        if kind == "hidden":
            return
        value = found.get("value")
        if value is not None and kind in ("submit", "button", "reset"):
            page.aside(Scope.BUTTON, at + value[1], at + value[2])
    elif name == "img" and "alt" not in found and not tag.component:
        role = found.get("role", ("", 0, 0))[0]
        if role not in ("presentation", "none"):
            page.unread.append(Unread(at, at + 4, "image without alternative text"))
    for key in _COPY:
        if key in found:
            page.aside(Scope.ALT, at + found[key][1], at + found[key][2])
    if tag.component or not QUOTING.isdisjoint(found):
        _quoted(page, tag, at)
    if tag.component:
        for key, (said, start, end) in found.items():
            if (
                key not in _COPY
                and key != "name"
                and key[0].isalpha()
                and not key.startswith("v-")
                and is_copy(key, said)
            ):
                page.aside(Scope.ALT, at + start, at + end)


def _quoted(page: Page, tag: Tag, at: int) -> None:
    """Reads texts in quotes that Alpine, Vue and components of Twig are handed: ``:text="'It soothes.'"``."""
    for key, (said, start, _) in tag.attributes.items():
        if key not in QUOTING and not (tag.component and key.startswith(":")):
            continue
        text = _QUOTED.fullmatch(said)
        if text is None:
            continue
        group = text.lastindex or 1
        if is_copy(key.rsplit(":", 1)[-1].removeprefix("x-").removeprefix("v-"), text[group]):
            scope = Scope.PARAGRAPH if key.startswith(("x-", "v-")) else Scope.ALT
            page.aside(scope, at + start + text.start(group), at + start + text.end(group))


def _meta(page: Page, found: Attributes, at: int) -> None:
    content = found.get("content")
    key = found.get("name") or found.get("property")
    if content is not None and key is not None and key[0].strip().lower() in _META_COPY:
        page.aside(Scope.META, at + content[1], at + content[2])
