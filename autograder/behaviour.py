"""How a submission behaved, in a form that can be compared: aspects, each a text with numbers in it.

An aspect is one thing that an exercise's probe found out (or, without a probe, the answers to the calls of one check).
Two submissions behave alike in an aspect if the texts are equal and the numbers are equal up to rounding.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

RELATIVE = 1e-5
OF_THE_LARGEST = 1e-7
"""Rounding is far below both, and so is what float32 does in a few steps; a slip that is worth a name is far above."""

KINDS, EXCEPTION = "kinds", "exception"
_NOT_FINITE = frozenset({"inf", "-inf", "nan"})


@dataclass(frozen=True, eq=False)
class Aspect:
    """One comparable part of a behaviour, as JSON holds it; taken apart only when it is not equal to the last bit."""

    value: Any

    @cached_property
    def _parts(self) -> tuple[str, np.ndarray]:
        """The text, and the numbers that were taken out of it; those that are not finite are all nan."""
        numbers: list[float] = []
        text = "".join(_pieces(self.value, numbers))
        return text, np.array(numbers, dtype=float)

    @property
    def columns(self) -> int:
        """How many columns a table has; 0 for what is no table."""
        shape: list[int] = self.value.get("shape", []) if isinstance(self.value, Mapping) else []
        return shape[1] if len(shape) == 2 else 0

    def is_like(self, other: Aspect) -> bool:
        """Whether both are the same up to rounding."""
        if self.value == other.value:
            return True
        return self._has_form_of(other) and not self._is_soon_off(other) and not np.any(self._off(other))

    def first_row_off(self, other: Aspect) -> int | None:
        """The first row that differs from that of *other*, if both are tables of the same shape."""
        if not self.columns or not self._has_form_of(other):
            return None
        off = np.flatnonzero(self._off(other))
        return int(off[0]) // self.columns if off.size else None

    def _has_form_of(self, other: Aspect) -> bool:
        (text, numbers), (other_text, others) = self._parts, other._parts
        return text == other_text and len(numbers) == len(others)

    @cached_property
    def _sample(self) -> tuple[float, tuple[float, ...]]:
        """The largest number, and a few of them: what differs anywhere mostly does so at the end of a walk."""
        numbers = self._parts[1]
        finite = np.abs(numbers[np.isfinite(numbers)])
        return float(finite.max(initial=0.0)), tuple(
            numbers[[-1, len(numbers) // 2]].tolist() if len(numbers) else ()
        )

    def _is_soon_off(self, other: Aspect) -> bool:
        """Whether one of a few numbers already differs, which takes a tenth of the time of looking at all of them."""
        (largest, a), (other_largest, b) = self._sample, other._sample
        slack = OF_THE_LARGEST * max(largest, other_largest)
        return any(
            abs(one - two) > RELATIVE * max(abs(one), abs(two)) + slack or (one == one) != (two == two)
            for one, two in zip(a, b, strict=True)
        )

    def _off(self, other: Aspect) -> np.ndarray:
        """Which numbers differ from those of *other* by more than rounding."""
        a, b = self._parts[1], other._parts[1]
        with np.errstate(all="ignore"):
            sizes = np.maximum(np.abs(a), np.abs(b))
            largest = np.max(sizes[np.isfinite(sizes)], initial=0.0)
            close = np.abs(a - b) <= RELATIVE * sizes + OF_THE_LARGEST * largest
        off: np.ndarray = ~(close | (np.isnan(a) & np.isnan(b)))
        return off


@dataclass(frozen=True, eq=False)
class Behaviour:
    """All aspects of a run, and its kind: a coarse description that leaves constants out, where a probe gives one.

    `exception` is what ended all calls, where none gave a result: then the aspects say nothing but that.
    """

    aspects: Mapping[str, Aspect]
    kind: str = ""
    exception: str = ""


def behaviour_of(trace: Mapping[str, Any]) -> Behaviour:
    """The behaviour in a run's trace: the findings of the probe, else the answers to the calls of each check.

    A finding called `kinds` is the kind, one called `exception` the exception.
    """
    parts = dict(trace.get("findings") or trace.get("calls") or {})
    kind, exception = parts.pop(KINDS, None), parts.pop(EXCEPTION, "")
    return Behaviour(
        {key: Aspect(value) for key, value in parts.items()},
        "" if kind is None else json.dumps(kind, sort_keys=True),
        str(exception),
    )


def _pieces(value: Any, numbers: list[float]) -> Iterator[str]:
    """The text of *value* with its numbers taken out into *numbers*."""
    if isinstance(value, Mapping):
        for key, item in sorted(value.items()):
            # The shape of an array is compared exactly, its numbers are not.
            yield f"{key}:"
            yield from [repr(item)] if key == "shape" else _pieces(item, numbers)
            yield ";"
    elif isinstance(value, list | tuple):
        if {*map(type, value)} == {float}:  # most are, and there are many
            numbers.extend(value)
            yield f"[{'#' * len(value)}]"
            return
        yield "["
        for item in value:
            yield from _pieces(item, numbers)
        yield "]"
    elif isinstance(value, str) and value in _NOT_FINITE:
        numbers.append(math.nan)
        yield "#"
    elif isinstance(value, int | float) and not isinstance(value, bool):
        numbers.append(float(value))
        yield "#"
    else:
        yield repr(value)


def are_alike(first: Aspect | None, second: Aspect | None) -> bool:
    """Whether both are the same up to rounding, or both are missing."""
    return first is second or (first is not None and second is not None and first.is_like(second))


def differences(behaviour: Behaviour, other: Behaviour) -> frozenset[str]:
    """The aspects in which the two differ, those that only one of them has among them."""
    return frozenset(_differing(behaviour, other))


def behave_alike(behaviour: Behaviour, other: Behaviour) -> bool:
    """Whether the two differ in nothing; the first difference ends the comparison."""
    return next(_differing(behaviour, other), None) is None


def _differing(behaviour: Behaviour, other: Behaviour) -> Iterator[str]:
    here, there = behaviour.aspects, other.aspects
    return (key for key in here.keys() | there.keys() if not are_alike(here.get(key), there.get(key)))
