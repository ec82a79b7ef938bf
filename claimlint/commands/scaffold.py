"""The files that claimlint starts for people: a settings file and a rule to fill in.

They are written so that the next thing to type is obvious, and never over a file that exists.
"""

from __future__ import annotations

import os
import re

from claimlint.errors import UsageError

SETTINGS = """\
# Settings of claimlint for this folder and everything below it. Every line is optional.
# The same keys may stand under [tool.claimlint] in pyproject.toml instead.

profile: team            # team, reviewer or regulator
fail_on: error           # error, warning, note or never
# show: note             # the least that is printed: error, warning, note or suppressed
# min_confidence: medium # low finds more and errs more

# exclude: [drafts/, "*.old.md"]
# rulesets: [./compliance]            # your own rules, a YAML file each
# severity:
#   superiority: note                 # a rule, a pattern or a category: error, warning, note or off
# lexicon:
#   products: [Lumora Serum]          # your own product names
#   conditions: [desk fatigue]
# allow_phrases: ["The Cure Street Clinic"]
# overrides:
#   - paths: [blog/]
#     severity: {status: warning}
"""

HOOK = """\
repos:
  - repo: https://github.com/OWNER/claimlint
    rev: vVERSION
    hooks:
      - id: claimlint
"""

WORKFLOW = """\
name: claimlint
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
  security-events: write   # lets the findings appear under "Security"
  pull-requests: write     # needed only for comment: true
jobs:
  claims:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: OWNER/claimlint@vVERSION
        with:
          paths: .
          # baseline: .claimlint-baseline
          # since: origin/main        # only lines that differ from it
          # comment: true             # the report as a comment on the pull request
"""

RULE = """\
title: {title}
kind: phrase
category: efficacy
severity: warning
confidence: medium
message: "'{{quote}}' says more than is known"
why: >-
  Say here, in two or three sentences for the person who wrote the copy, what readers take these words to mean
  and why that is a problem.
suggest:
  - Write here what could stand instead.
sources:
  - https://example.org/where-this-comes-from
match:
  phrases:
    - "{{melts away}} your <symptom>"
unless: [negated, question, reported, warning]
since: "0.1.0"
examples:
  flag:
    - "This cream [[melts away]] your pain."
    - "Our gel [[melts away]] your headache."
  pass:
    - "No cream melts away your pain."
    - "Does a cream exist that melts away your pain?"
"""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*+(?:/[a-z0-9]+(?:-[a-z0-9]+)*+)*+")


def write_new(path: str, text: str) -> None:
    """Writes a file that must not exist yet. Raises UsageError where it does or can't be written."""
    try:
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path}: exists already and is left as it is") from None
    except OSError as error:
        raise UsageError(f"{path}: can't be written: {error.strerror or error}") from None


def new_rule(name: str, folder: str) -> str:
    """Writes a rule to fill in as ``folder/name.yaml`` and returns its path."""
    if not _ID.fullmatch(name):
        raise UsageError(
            f"'{name}' is no rule id: write lower-case words joined by hyphens, groups by slashes, "
            "such as hype/miracle-word"
        )
    path = os.path.join(folder, *name.split("/")) + ".yaml"
    title = name.rsplit("/", 1)[-1].replace("-", " ")
    write_new(path, RULE.format(title=title[0].upper() + title[1:]))
    return path


def settings(profile: str) -> str:
    """A settings file to start from."""
    return SETTINGS.replace("profile: team ", f"profile: {profile} ", 1)


def hook(version: str) -> str:
    """The pre-commit snippet for this version."""
    return HOOK.replace("VERSION", version)


def workflow(version: str) -> str:
    """The GitHub workflow for this version."""
    return WORKFLOW.replace("VERSION", version)
