"""The fast path over chunks of postings, and when it is there; the light path gives the same digits.

Compiling takes a machine some twenty seconds, once: it is done beside the first longer run, which goes on by the
light path until the compiled code is there. Nothing here imports numba unless the compiled code is used.
"""

from matcher.fast.start import ready

__all__ = ["ready"]
