"""The same advertisement found again, across a whole run: reposts, agency copies, other places, shortened texts.

In two steps, so that it works on many machines: a ``Sketcher`` makes a few numbers of each posting; ``first_of`` groups
the numbers of all of them.
"""

from matcher.duplicates.groups import first_of
from matcher.duplicates.sketch import WIDTH, Sketcher
from matcher.duplicates.words import Duplicates

__all__ = ["WIDTH", "Duplicates", "Sketcher", "first_of"]
