"""A report in a form of the user's own: a Jinja template over the JSON report.

The template comes from the person who runs claimlint, but it is still kept in a sandbox, since templates travel
between repositories; it sees plain values only.
"""

from __future__ import annotations

from pathlib import Path

from claimlint.errors import UsageError
from claimlint.model import Run
from claimlint.reporters import json as report
from claimlint.reporters.view import count, encodable, is_web_address, visible

_ESCAPED = (".html", ".htm", ".xhtml", ".xml", ".svg")


def render_template(run: Run, path: str) -> str:
    """The text that the template in the file ``path`` makes of the run.

    It sees ``tool``, ``findings``, ``documents``, ``failures`` and ``summary`` as they are in the JSON report, and the
    filters ``visible``, ``plural`` and ``web``. Values are escaped where the file's name, less a final .j2 or .jinja, ends as
    HTML or XML does. Templates beside it can be included. Raises UsageError with the line of what is wrong.
    """
    import json

    from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    file = Path(path)
    if not file.is_file():
        raise UsageError(f"--template: {path}: there is no such file")
    bare = file.name.removesuffix(".j2").removesuffix(".jinja").removesuffix(".jinja2")
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(file.parent),
        autoescape=bare.lower().endswith(_ESCAPED),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"visible": visible, "plural": count, "web": is_web_address}
    values = json.loads(report.render(run))
    try:
        text = environment.get_template(file.name).render(values)
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        where = f"{path}:{line}" if line else path
        raise UsageError(f"--template: {where}: {error.message or type(error).__name__}") from None
    except (UnicodeDecodeError, OSError) as error:
        raise UsageError(f"--template: {path}: can't be read: {error}") from None
    except (
        Exception
    ) as error:  # whatever a template computes: a division by zero, a text where a number belongs
        raise UsageError(f"--template: {path}: {type(error).__name__}: {error}") from None
    return encodable(text)
