"""nbgrader's models of a gradebook, loaded once, and without what no gradebook needs."""

from __future__ import annotations

import functools
import sys
from types import ModuleType

NOT_NEEDED = "rfc3987_syntax"
"""Builds 38 grammars when it is imported, for a kind of web address that no notebook holds; it takes longer than all the rest."""


@functools.cache
def api() -> ModuleType:
    """The module `nbgrader.api`."""
    before = sys.modules.get(NOT_NEEDED)
    if before is None:
        sys.modules[NOT_NEEDED] = None  # type: ignore[assignment]  # to Python this means: cannot be imported
    try:
        from nbgrader import api
    finally:
        if before is None:
            del sys.modules[NOT_NEEDED]
    found: ModuleType = api
    return found
