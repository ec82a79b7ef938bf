"""The claim model: what a sentence asserts of an intervention, and how strongly.

`frames` pairs an effect with what it acts on, `agent` finds who acts, `find` makes claims of both, and `grade` says how
strong a relation any sentence states; the slots that a heading supplies are filled in `ledger`.
"""
