"""``python -m matcher.fast``: compile the fast path for this machine."""

from matcher.fast.start import compile_all

compile_all()
