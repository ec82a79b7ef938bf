"""The claim model: what a sentence asserts of an intervention, and how strongly.

`frames` finds claims in a sentence; `inherit` fills the slots that a lead-in, a heading or the page supplies.
"""
