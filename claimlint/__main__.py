"""``python -m claimlint`` is the command ``claimlint``, for places where scripts aren't on the path.

There is nothing else here.
"""

from claimlint.start import run

run()
