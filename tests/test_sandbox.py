"""What a sandbox promises to those who use it: values in, plain values or a Fault out, limits by their name, a fresh child after."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from autograder.child.wire import Opaque, WireError
from autograder.content import MIB, Limits
from autograder.errors import SandboxError
from autograder.sandbox import (
    Callback,
    Cell,
    Exited,
    Fault,
    Lent,
    NotFound,
    OutOfMemory,
    Raised,
    Sandbox,
    Seed,
    TimedOut,
    TooMuch,
    Unreadable,
    probe,
)
from autograder.sandbox.slate import Slate

pytestmark = pytest.mark.skipif(not probe().enough, reason=f"no sandbox here: {probe().missing}")

CAP_DAC_READ_SEARCH = 1 << 2
LIMITS = Limits(memory=256 * MIB, seconds_per_check=30, seconds=30, output=2048)
ENOUGH = 30.0  # seconds of a call that shall answer, on the slowest machine
SOON = 0.3  # seconds of a call that shall be stopped
BRIEF = LIMITS.model_copy(update={"seconds": 1.0})
PROBLEMS = """from __future__ import annotations
from dataclasses import dataclass


def slope(w):
    return 2 * w


def made():
    return slope


@dataclass(frozen=True, eq=False)
class Bowl:
    steepness: object
    centre: float

    def gradient(self, w):
        return self.steepness * (w - self.centre)


@dataclass(frozen=True, eq=False)
class LeastSquares:
    columns: int

    def gradient(self, w, X, y):
        if w.shape != (self.columns,):
            raise ValueError(f"w of shape {w.shape}")
        return (X @ w - y) @ X / len(y)


class Counting:
    def gradient(self, w):
        return w
"""


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder = tmp_path_factory.mktemp("course")
    (folder / "problems.py").write_text(PROBLEMS, encoding="utf-8")
    (folder / "data").mkdir()
    (folder / "data" / "table.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / "data" / "make.py").write_text("secret = 1\n", encoding="utf-8")
    with Sandbox(LIMITS, problems=folder / "problems.py", data=folder / "data") as made:
        yield made


def run(sandbox: Sandbox, source: str, *args: Any, within: float = ENOUGH, **kwargs: Any) -> Any:
    """The record of `f(*args)` of the code in *source*, *within* so many seconds."""
    with sandbox.open([Cell("cell 1", source)]) as child:
        return child.call("f", args, kwargs, seconds=within)


def fault(sandbox: Sandbox, kind: type[Fault], source: str, *args: Any) -> Any:
    """The Fault in which `f(*args)` ends."""
    with pytest.raises(kind) as caught:
        run(sandbox, source, *args, within=SOON if kind is TimedOut else ENOUGH)
    return caught.value


# Values.


@pytest.mark.parametrize(
    "value",
    [None, True, 3, -(2**63), 10**50, 2.5, "text \u00e4 \U0001f600", b"bytes", [1, [2.0, "x"]], (1, (2,)), {"a": [1], 2: (3,)}, {1, 2}, 1 + 2j],
    ids=repr,
)  # fmt: skip
def test_plain_values_come_back_as_they_were(sandbox: Sandbox, value: Any) -> None:
    got = run(sandbox, "def f(x): return x", value).value
    assert got == value and type(got) is type(value)


@pytest.mark.parametrize("dtype", ["bool", "int8", "uint64", "int32", "float16", "float32", "float64"])
def test_arrays_come_back_as_decimal_numbers_and_their_type_as_text(sandbox: Sandbox, dtype: str) -> None:
    call = run(sandbox, f"import numpy as np\ndef f(): return np.ones((2, 3), dtype='{dtype}')")
    assert call.value.dtype == np.float64 and call.value.shape == (2, 3) and (call.value == 1).all()
    assert call.dtype == dtype


@pytest.mark.parametrize("shape", [(), (0,), (0, 3), (1, 1, 1)])
def test_arrays_of_any_shape_are_arrays(sandbox: Sandbox, shape: tuple[int, ...]) -> None:
    for dtype in ("bool", "float64"):
        value = run(sandbox, f"import numpy as np\ndef f(): return np.ones({shape}, dtype='{dtype}')").value
        assert type(value) is np.ndarray and value.shape == shape


def test_what_has_behaviour_comes_back_as_a_name(sandbox: Sandbox) -> None:
    for made in ("object()", "(n for n in [1])", "print", "type", "np.array([print], dtype=object)"):
        value = run(sandbox, f"import numpy as np\ndef f(): return {made}").value
        assert type(value) is Opaque


def test_classes_of_the_students_own_come_back_as_what_they_were_derived_from(sandbox: Sandbox) -> None:
    source = "class Near(float):\n    def __eq__(self, other): return True\n    __hash__ = None\ndef f(): return [Near(2)]"
    (value,) = run(sandbox, source).value
    assert type(value) is float


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ("np.empty((2, 1))", [[np.nan], [np.nan]]),
        ("np.empty_like(np.zeros(2))", [np.nan, np.nan]),
        ("np.empty_like([1, 2], dtype='float32')", [np.nan, np.nan]),
        ("np.empty(1, int)", [-(2.0**63)]),
        ("np.empty(1, dtype=np.uint8)", [255]),
        ("np.empty(shape=2, dtype=bool)", [1, 1]),
        ("np.empty(0)", []),
    ],
)
def test_memory_that_nobody_wrote_to_is_the_same_in_every_run(
    sandbox: Sandbox, made: str, expected: list[Any]
) -> None:
    old = "np.arange(64.0).reshape(8, 8) + 1"  # what is let go of here is what `np.empty` would find
    source = f"import numpy as np\ndef f():\n    for n in range(9): {old}; np.ones(n)\n    return {made}"
    assert np.array_equal(run(sandbox, source).value, expected, equal_nan=True)


# Functions as arguments.


def test_a_callback_is_served_here_and_every_call_is_seen(sandbox: Sandbox) -> None:
    seen = []

    def gradient(w: Any) -> Any:
        seen.append(w)
        return w * 2

    source = "import numpy as np\ndef f(g): return g(np.array([1.0, 2.0])) + g(np.array([3.0]))"
    value = run(sandbox, source, Callback(gradient)).value

    assert [list(w) for w in seen] == [[1, 2], [3]]
    assert list(value) == [8, 10]


def test_a_refusal_of_ours_is_raised_beside_the_students_code(sandbox: Sandbox) -> None:
    def refuses(w: Any) -> Any:
        raise ValueError("no such point")

    source = "def f(g):\n    try:\n        g(1)\n    except ValueError as error:\n        return str(error)"
    assert run(sandbox, source, Callback(refuses)).value == "no such point"


def test_a_slip_in_our_own_callback_is_ours(sandbox: Sandbox) -> None:
    def slips(w: Any) -> Any:
        raise OSError("ours")

    with pytest.raises(OSError, match="ours"):
        run(sandbox, "def f(g): return g(1)", Callback(slips))


@pytest.mark.parametrize(
    ("returns", "expected"), [("fresh", [False, False]), ("same", [True, False]), ("argument", [False, True])]
)
def test_a_callback_answers_in_the_array_that_was_asked_for(
    sandbox: Sandbox, returns: str, expected: list[bool]
) -> None:
    source = "import numpy as np\ndef f(g):\n    w = np.array([1.0, 2.0])\n    return [g(w) is g(w) and g(w) is not w, g(w) is w]"
    assert run(sandbox, source, Callback(lambda w: w, returns=returns)).value == expected


def test_a_seed_becomes_a_generator_beside_the_code(sandbox: Sandbox) -> None:
    value = run(sandbox, "def f(rng): return rng.permutation(10)", Seed(7)).value
    assert list(value) == list(np.random.default_rng(7).permutation(10))


def public_names(sandbox: Sandbox) -> dict[str, Any]:
    """What the practice problems define, on our side."""
    path = next(path for path in [sandbox._problems] if path)
    module = ModuleType("problems_here")
    sys.modules[module.__name__] = module  # dataclasses look their module up by name
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), module.__dict__)  # noqa: S102  our own file
    return module.__dict__


def test_a_public_problem_runs_beside_the_code(sandbox: Sandbox) -> None:
    slope = public_names(sandbox)["slope"]
    assert run(sandbox, "def f(g): return g.__module__ + g.__name__", slope).value == "problemsslope"


def test_a_method_of_a_public_dataclass_runs_beside_the_code_with_the_numbers_that_it_has(
    sandbox: Sandbox,
) -> None:
    bowl = public_names(sandbox)["Bowl"](np.array([1.0, 3.0]), 0.5)
    source = "import numpy as np\ndef f(g): return [g.__module__, g(np.ones(2)), g(np.zeros(2))]"
    call = run(sandbox, source, bowl.gradient)
    assert call.value[0] == "problems"
    assert np.array_equal(call.value[1:], [[0.5, 1.5], [-0.5, -1.5]])
    assert call.claims.inputs_unchanged


def test_a_public_object_travels_once_to_each_child(sandbox: Sandbox) -> None:
    """A child that was replaced knows nothing of what the one before it was given."""
    bowl = public_names(sandbox)["Bowl"](np.array([1.0, 3.0]), 0.5)
    source = "import os\nimport numpy as np\ndef f(g): return g(np.ones(2))\ndef ends(g): os._exit(1)"
    with sandbox.open([Cell("a.py", source)]) as child:
        for _ in range(2):
            assert np.array_equal(child.call("f", [bowl.gradient], {}, seconds=ENOUGH).value, [0.5, 1.5])
        with pytest.raises(Exited):
            child.call("ends", [bowl.gradient], {}, seconds=ENOUGH)
        with pytest.raises(WireError):
            child.call(
                "f", [public_names(sandbox)["Bowl"](np.ones(2), 1.0).gradient, [2**5000]], {}, seconds=ENOUGH
            )
        other = public_names(sandbox)["Bowl"](np.array([2.0, 2.0]), 0.0)
        for made, expected in ((bowl, [0.5, 1.5]), (other, [2, 2]), (bowl, [0.5, 1.5])):
            assert np.array_equal(child.call("f", [made.gradient], {}, seconds=ENOUGH).value, expected)


def test_a_method_of_anything_else_is_served_by_us(sandbox: Sandbox) -> None:
    counting = public_names(sandbox)["Counting"]()
    assert run(sandbox, "def f(g): return type(g).__name__", counting.gradient).value == "Served"


@pytest.mark.parametrize(
    "given",
    [
        (np.ones(3),),
        (np.ones(2), np.arange(6.0).reshape(3, 2), np.ones(3)),
        (np.zeros((0, 2)), np.zeros(0)),
        (np.arange(6.0).reshape(3, 2).T,),
        (np.ones(2, dtype=np.float32), np.arange(3)),
        (np.ones((2, 2, 2)), 1.5, "a", None),
        (),
    ],
    ids=["a vector", "three arrays", "empty", "turned", "other types", "other things", "nothing"],
)
def test_a_callback_sees_what_the_code_gave_it(sandbox: Sandbox, given: tuple[Any, ...]) -> None:
    seen: list[Any] = []

    def look(*args: Any) -> float:
        seen.extend(args)
        return 1.0

    run(sandbox, "def f(g, given): return g(*given)", Callback(look), given)
    assert len(seen) == len(given)
    for got, wanted in zip(seen, given, strict=True):
        if isinstance(wanted, np.ndarray):
            assert (got.shape, got.dtype) == (wanted.shape, wanted.dtype)
            assert np.array_equal(got, wanted)
        else:
            assert got == wanted


def squared(sandbox: Sandbox, source: str, *args: Any, returns: str = "fresh") -> tuple[Any, list[list[Any]]]:
    """What came back from code that was given a gradient that answers beside it, and the calls of which we were told."""
    least = public_names(sandbox)["LeastSquares"](2)
    seen: list[list[Any]] = []

    def gradient(*given: Any) -> Any:
        seen.append([np.array(part) for part in given])
        return least.gradient(*given)

    return run(sandbox, source, Callback(gradient, returns, least.gradient), *args).value, seen


def test_calls_that_are_answered_beside_the_code_are_told_in_their_order(sandbox: Sandbox) -> None:
    """Among them one that is answered here, since the numbers are of another type; more of them than one frame holds."""
    source = (
        "import numpy as np\n"
        "def f(g):\n"
        "    X, y, out = np.array([[1.0, 2.0], [3.0, 5.0]]), np.array([1.0, -1.0]), []\n"
        "    for k in range(700):\n"
        "        w = np.array([k, 1.0], dtype=np.float32 if k == 300 else float)\n"
        "        rows = slice(k % 2, 2)\n"
        "        out.append(g(w, X[rows], y[rows]))\n"
        "        w[:] = 9\n"
        "    return np.array(out)"
    )
    value, seen = squared(sandbox, source)
    least = public_names(sandbox)["LeastSquares"](2)
    assert [call[0][0] for call in seen] == list(range(700))
    assert [len(call[1]) for call in seen] == [2, 1] * 350
    assert np.array_equal(value, [least.gradient(*call) for call in seen])


def test_what_cannot_be_answered_beside_the_code_is_asked_with_our_words(sandbox: Sandbox) -> None:
    source = (
        "import numpy as np\n"
        "def f(g):\n"
        "    g(np.ones(2), np.ones((1, 2)), np.ones(1))\n"
        "    try:\n        g(np.ones(3), np.ones((1, 2)), np.ones(1))\n"
        "    except ValueError as error:\n        return str(error)"
    )
    value, seen = squared(sandbox, source)
    assert "shape (3,)" in value
    assert [len(call[0]) for call in seen] == [2, 3]


def test_calls_are_told_also_when_the_code_raises_in_the_end(sandbox: Sandbox) -> None:
    least = public_names(sandbox)["LeastSquares"](2)
    seen: list[Any] = []
    source = (
        "import numpy as np\ndef f(g):\n    g(np.ones(2), np.ones((1, 2)), np.ones(1))\n    raise KeyError(1)"
    )
    with pytest.raises(Raised):
        run(sandbox, source, Callback(lambda *args: seen.append(args), beside=least.gradient))
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("returns", "expected"), [("fresh", [False, False]), ("same", [True, False]), ("argument", [False, True])]
)
def test_an_answer_from_beside_the_code_comes_in_the_array_that_was_asked_for(
    sandbox: Sandbox, returns: str, expected: list[bool]
) -> None:
    source = (
        "import numpy as np\n"
        "def f(g):\n"
        "    w, X, y = np.zeros(2), np.eye(2), np.zeros(2)\n"
        "    return [g(w, X, y) is g(w, X, y) and g(w, X, y) is not w, g(w, X, y) is w]"
    )
    assert squared(sandbox, source, returns=returns)[0] == expected


def test_what_answers_beside_the_code_is_a_function_of_the_problems_file(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="problems file"):
        run(sandbox, "def f(g): return 1", Callback(abs, beside=abs))


def test_a_copied_gradient_is_the_gradient(sandbox: Sandbox) -> None:
    source = (
        "import copy\nimport numpy as np\n"
        "def f(g):\n"
        "    for one in (copy.copy(g), copy.deepcopy([g])[0]):\n"
        "        one(np.ones(2), np.ones((1, 2)), np.ones(1))"
    )
    assert len(squared(sandbox, source)[1]) == 2


def test_a_gradient_has_a_name_as_functions_have(sandbox: Sandbox) -> None:
    source = (
        "import functools\n"
        "def f(g):\n"
        "    told = functools.wraps(g)(lambda *args: g(*args))\n"
        "    return [g.__name__, g.__qualname__, told.__name__]"
    )
    assert run(sandbox, source, Callback(abs)).value == ["function"] * 3


def test_calls_after_the_end_of_a_call_are_nobodys(sandbox: Sandbox) -> None:
    """A gradient that is kept answers later, and the next call is none the worse for it."""
    least = public_names(sandbox)["LeastSquares"](2)
    source = (
        "import numpy as np\n"
        "kept = []\n"
        "def keep(g):\n    kept.append(g)\n"
        "def use():\n    return kept[0](np.ones(2), np.ones((1, 2)), np.ones(1))"
    )
    seen: list[Any] = []
    with sandbox.open([Cell("a.py", source)]) as child:
        noted = Callback(lambda *args: seen.append(args), beside=least.gradient)
        child.call("keep", [noted], {}, seconds=ENOUGH)
        assert np.array_equal(child.call("use", [], {}, seconds=ENOUGH).value, [1, 1])
    assert not seen


def test_more_calls_than_we_can_hear_of_end_the_call_and_soon_the_function(sandbox: Sandbox) -> None:
    """They cost a child nearly nothing if it makes them up, and us a while."""
    least = public_names(sandbox)["LeastSquares"](2)
    source = (
        "import sys\nimport numpy as np\n"
        "def f(g):\n"
        "    body, raw = sys.modules['child.arrays'].pack([np.ones(1)])\n"
        "    for _ in range(60_000):\n        g._line.note(0, body, raw)"
    )
    given = Callback(lambda *_: 0, beside=least.gradient)
    with sandbox.open([Cell("a.py", source)]) as child:
        for _ in range(2):
            with pytest.raises(TooMuch, match="50,000"):
                child.call("f", [given], {}, seconds=ENOUGH)
        with pytest.raises(TimedOut, match="not called again"):
            child.call("f", [given], {}, seconds=ENOUGH)


@pytest.mark.parametrize(
    "lie",
    [
        "told.note(0, arrays.pack([np.ones(2)])[0], b'')",  # without its numbers
        "told.note(7, *arrays.pack([np.ones(2)]))",  # of no function
        "told.note(1, *arrays.pack([np.ones(2)]))",  # of one that does not answer there
        "[told.note(0, *arrays.pack([np.ones(1)])) for _ in range(300)]",  # of too many at once
    ],
)
def test_a_forged_report_of_calls_is_no_answer(sandbox: Sandbox, lie: str) -> None:
    least = public_names(sandbox)["LeastSquares"](2)
    source = (
        "import sys\nimport numpy as np\n"
        "def f(g, other):\n"
        "    arrays, told = sys.modules['child.arrays'], g._line._told\n"
        f"    {lie}\n"
        "    return 1"
    )
    with pytest.raises(Unreadable):
        run(sandbox, source, Callback(lambda *_: 0, beside=least.gradient), Callback(abs))


def test_chance_is_the_same_for_everyone(sandbox: Sandbox) -> None:
    """Else code that draws from a global generator would be graded in another way each time."""
    source = "import random\nimport numpy as np\ndef f(): return [random.random(), np.random.random()]"
    assert run(sandbox, source).value == run(sandbox, source).value


# What is lent.


LENT = [
    np.array([1.0, 2.0]),
    np.arange(6.0).reshape(3, 2).T,
    np.array([True, False]),
    np.array([1, 2], dtype=">i4"),
    np.zeros((0, 3)),
    np.array(7.0),
]


@pytest.mark.parametrize("array", LENT, ids=["a vector", "turned", "bool", "big-endian", "empty", "a number"])
@pytest.mark.parametrize("writeable", [True, False])
def test_a_lent_array_arrives_as_it_is(sandbox: Sandbox, array: np.ndarray, *, writeable: bool) -> None:
    array = array.copy()
    array.setflags(write=writeable)
    lent = Lent(array)
    source = "def f(x): return [x, str(x.dtype), list(x.shape), x.flags.writeable]"
    value, dtype, shape, writes = run(sandbox, source, lent).value
    assert np.array_equal(value, array)
    assert (dtype, tuple(shape), writes) == (str(array.dtype), array.shape, writeable)
    assert not lent.changed


def test_what_is_done_to_a_lent_array_is_seen_here(sandbox: Sandbox) -> None:
    lent, other = Lent(np.array([1.0, 0.0])), Lent(np.array([3.0]))
    forged = "import sys\nhere = sys.modules['child.calls'].Harness\nhere._state = lambda self, *_: None\n"
    call = run(sandbox, f"{forged}def f(x, *, y): x[1] = -0.0", lent, y=other)
    assert lent.now is not None
    assert lent.now.tobytes() == np.array([1.0, -0.0]).tobytes()
    assert call.claims.inputs_unchanged, "the harness was made to say so"
    assert (lent.changed, other.changed) == (True, False)


@pytest.mark.parametrize(
    ("value", "change"),
    [
        (np.ones((2, 3)), "x.shape = (3, 2)"),
        (np.ones(2), "x.setflags(write=False)"),
        (np.ones(2), "x.dtype = 'i8'"),
        ([1.0], "x.append(2.0)"),
        ([[1.0]], "x[0].clear()"),
        ([1.0, 2.0], "x.reverse()"),
    ],
)
def test_what_the_child_admits_is_a_change_too(sandbox: Sandbox, value: Any, change: str) -> None:
    lent, other = Lent(value), Lent(np.ones(2))
    run(sandbox, f"def f(x, y): {change}", lent, other)
    assert (lent.changed, other.changed) == (True, False)


def test_what_stands_there_in_the_end_counts(sandbox: Sandbox) -> None:
    lent = Lent(np.array([1.0, 2.0]))
    run(sandbox, "def f(x, y):\n    y += 1\n    x -= 1", lent, lent)
    assert not lent.changed


@pytest.mark.parametrize(
    ("value", "change"),
    [(np.array([1.0, 2.0]), "x += 1"), (np.ones(2), "x.shape = (1, 2)"), ([1.0], "x.append(2.0)")],
)
def test_what_code_did_before_it_raised_is_seen(sandbox: Sandbox, value: Any, change: str) -> None:
    lent = Lent(value)
    with sandbox.open(
        [Cell("a.py", f"def f(x):\n    {change}\n    raise ValueError\ndef g(x): pass")]
    ) as child:
        with pytest.raises(Raised):
            child.call("f", [lent], {}, seconds=ENOUGH)
        assert lent.changed
        child.call("g", [lent], {}, seconds=ENOUGH)
        assert lent.changed


def test_what_was_kept_and_changed_later_is_a_change(sandbox: Sandbox) -> None:
    lent = Lent([1.0])
    source = "kept = []\ndef f(x): kept.append(x)\ndef g(): kept[0].append(2.0)"
    with sandbox.open([Cell("a.py", source)]) as child:
        child.call("f", [lent], {}, seconds=ENOUGH)
        assert not lent.changed
        child.call("g", [], {}, seconds=ENOUGH)
        child.call("f", [lent], {}, seconds=ENOUGH)
        assert lent.changed


def test_truth_values_that_are_none_come_as_truth_values(sandbox: Sandbox) -> None:
    lent = Lent(np.array([True, False]))
    run(sandbox, "import numpy as np\ndef f(x): x.view(np.uint8)[:] = 2", lent)
    assert lent.now is not None
    assert lent.now.view(np.uint8).tolist() == [1, 1]
    assert lent.changed


def test_what_is_lent_twice_is_the_same_object_until_the_child_is_replaced(sandbox: Sandbox) -> None:
    source = (
        "import os\ndef f(x, y):\n    y.append(1)\n    x[0] += 1\n"
        "    return [len(y), x[0], x is f.__dict__.setdefault('x', x)]\ndef ends(x): os._exit(1)"
    )
    array, listed = Lent(np.array([0.0])), Lent([])
    with sandbox.open([Cell("a.py", source)]) as child:
        for number in (1, 2):
            value = child.call("f", [array, listed], {}, seconds=ENOUGH).value
            assert value == [number, number, True]
        with pytest.raises(Exited):
            child.call("ends", [array], {}, seconds=ENOUGH)
        assert child.call("f", [array, listed], {}, seconds=ENOUGH).value == [1, 1, True]


def test_nothing_is_said_of_what_was_not_seen(sandbox: Sandbox) -> None:
    never, gone, listed = Lent(np.ones(2)), Lent(np.ones(2)), Lent([1.0])
    with pytest.raises(Exited):
        run(sandbox, "import os\ndef f(*x): os._exit(0)", gone, listed)
    for lent in (never, gone, listed):
        with pytest.raises(ValueError, match="known after a call"):
            _ = lent.changed


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (np.ones(200_000), "bytes"),
        (np.array([{}]), "object"),
        (np.array([1j]), "complex"),
        ((1.0, 2.0), "a tuple"),
        (None, "a NoneType"),
    ],
    ids=["too large", "objects", "complex", "tuple", "nothing"],
)
def test_what_cannot_be_lent_is_refused_and_the_child_goes_on(
    sandbox: Sandbox, value: Any, reason: str
) -> None:
    with sandbox.open([Cell("a.py", "def f(*x): return float(x[-1].sum())")]) as child:
        for _ in range(3):  # what was not sent takes no room
            with pytest.raises(ValueError, match=reason):
                child.call("f", [Lent(np.ones(60_000)), Lent(value)], {}, seconds=ENOUGH)
        assert child.call("f", [Lent(np.ones(60_000)), Lent(np.ones(3))], {}, seconds=ENOUGH).value == 3


def test_a_child_cannot_cut_off_the_memory_under_our_hands(sandbox: Sandbox) -> None:
    """Reading memory that is gone would end the checker."""
    source = (
        "import os\ndef f(x):\n    done = []\n    for one in range(64):\n"
        "        try: os.ftruncate(one, 0); done.append(one)\n        except OSError: pass\n    return done"
    )
    assert run(sandbox, source, Lent(np.ones(2))).value == []
    slate = Slate()
    with pytest.raises(OSError, match="not permitted"):
        os.ftruncate(slate.descriptor, 0)
    slate.close()


def test_what_is_lent_is_an_argument_itself(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="not a part of one"):
        run(sandbox, "def f(x): pass", [Lent(np.ones(2))])


@pytest.mark.parametrize(
    "advice", [9, 18, 21, 100, 101], ids=["remove", "wipe", "pageout", "poison", "offline"]
)
def test_memory_cannot_be_spoilt_by_advice(sandbox: Sandbox, advice: int) -> None:
    source = (
        "import ctypes\ndef f(x):\n    libc = ctypes.CDLL(None, use_errno=True)\n"
        "    place = ctypes.c_void_p(x.ctypes.data & ~4095)\n"
        f"    return [libc.madvise(place, ctypes.c_size_t(4096), {advice}), ctypes.get_errno()]"
    )
    assert run(sandbox, source, Lent(np.ones(2))).value == [-1, 1]


def test_what_was_refused_has_not_reached_the_child(sandbox: Sandbox) -> None:
    """A function that is not asked again, and a check that has no time left, leave nothing half said."""
    bowl, lent = public_names(sandbox)["Bowl"](np.ones(2), 0.5), Lent(np.ones(2))
    source = (
        "import numpy as np\ndef f(*x):\n    while True: pass\n"
        "def h(g): return g(np.ones(2))\ndef k(x): return x"
    )
    with sandbox.open([Cell("a.py", source)]) as child:
        for _ in range(3):
            with pytest.raises(TimedOut):
                child.call("f", [bowl.gradient, lent], {}, seconds=0.1)
        with pytest.raises(TimedOut):
            child.call("h", [bowl.gradient], {}, seconds=0)
        assert np.array_equal(child.call("h", [bowl.gradient], {}, seconds=ENOUGH).value, [0.5, 0.5])
        assert np.array_equal(child.call("k", [lent], {}, seconds=ENOUGH).value, [1, 1])


def test_the_generators_can_be_put_back_to_where_they_stood(sandbox: Sandbox) -> None:
    source = (
        "import random\nimport numpy as np\nnp.random.seed(3)\nrandom.seed(4)\n"
        "def f(): return [np.random.randn(), random.random(), random.gauss(0, 1)]\ndef g(): return 1"
    )
    with sandbox.open([Cell("a.py", source)]) as child:
        first = child.call("f", [], {}, seconds=ENOUGH).value
        assert child.call("f", [], {}, seconds=ENOUGH).value != first
        child.rewind()
        assert child.call("f", [], {}, seconds=ENOUGH).value == first
        child.rewind()
        assert child.call("g", [], {}, seconds=ENOUGH).claims.global_random_untouched


def test_to_put_them_back_needs_no_child(sandbox: Sandbox) -> None:
    """Code that has used up its children is not given one for that."""
    with sandbox.open([Cell(f"cell {number}", "import os; os._exit(0)") for number in range(45)]) as child:
        child.rewind()
        with pytest.raises(Exited):
            child.call("f", [], {}, seconds=ENOUGH)


def test_no_descriptor_is_left_when_a_zygote_dies(sandbox: Sandbox) -> None:
    with Sandbox(LIMITS) as own:
        run(own, "def f(): return 1")
        before = len(list(Path("/proc/self/fd").iterdir()))
        for _ in range(3):
            zygote = own._zygotes[False]
            os.kill(zygote.pid, signal.SIGSTOP)
            killer = threading.Timer(0.1, os.kill, (zygote.pid, signal.SIGKILL))
            killer.start()
            with contextlib.suppress(SandboxError):
                run(own, "def f(): return 1")
            killer.join()
            zygote._process.wait()
            assert run(own, "def f(): return 1").value == 1
        assert len(list(Path("/proc/self/fd").iterdir())) == before


# Claims.


@pytest.mark.parametrize(
    ("told", "value"),
    [("int64", "np.ones(2, np.float32)"), ("int", "np.ones(2, np.float32)"), ("float64", "[1.0]")],
)
def test_a_claimed_type_does_not_replace_that_of_what_came(sandbox: Sandbox, told: str, value: str) -> None:
    """The harness is made to say that everything is of another type; what came is of float32."""
    source = (
        "import sys\nimport numpy as np\n"
        "def f():\n"
        "    wire = sys.modules['child.wire']\n"
        "    pack = wire.pack\n"
        f"    wire.pack = lambda value, *rest: pack([value[0], {told!r}, *value[2:]], *rest)\n"
        f"    return {value}"
    )
    assert run(sandbox, source).dtype == ("float32" if "ones" in value else None)
    assert run(sandbox, "import numpy as np\ndef f(): return np.array([1, 0])").dtype == "int64"
    assert run(sandbox, "import numpy as np\ndef f(): return np.ones(2, dtype='g')").dtype == "float128"


def test_a_changed_argument_is_noticed(sandbox: Sandbox) -> None:
    array = np.array([1.0, 2.0])
    assert run(sandbox, "def f(x): return 1", array).claims.inputs_unchanged
    assert not run(sandbox, "def f(x): x[0] = 5", array).claims.inputs_unchanged
    assert not run(sandbox, "def f(x): x[0].append(5)", [[1]]).claims.inputs_unchanged


@pytest.mark.parametrize(
    "draw",
    [
        "np.random.rand()",
        "random.random()",
        "random.gauss(0, 1)",
        "random.seed(1)",
        "random.setstate(random.Random(5).getstate())",
        "np.random.seed(1)",
        "np.random.shuffle(np.arange(3))",
        "np.random.set_state(np.random.RandomState(5).get_state())",
        "np.random.set_bit_generator(np.random.MT19937(5))",
    ],
)
def test_a_touched_global_generator_is_noticed(sandbox: Sandbox, draw: str) -> None:
    source = "import random\nimport numpy as np\ndef f(x):\n    if x: "
    assert run(sandbox, source + draw, 0).claims.global_random_untouched
    assert not run(sandbox, source + draw, 1).claims.global_random_untouched


def test_what_is_printed_is_kept_up_to_the_limit(sandbox: Sandbox) -> None:
    assert run(sandbox, "def f(): print('hello')").claims.printed == "hello\n"
    assert (
        len(run(sandbox, "def f():\n    for n in range(10000): print('x' * 100)").claims.printed)
        == LIMITS.output
    )


# Faults.


def test_what_the_code_raised_is_told_with_its_place(sandbox: Sandbox) -> None:
    told = fault(sandbox, Raised, "def f():\n    return [][3]")
    assert told.outcome == "error"
    assert "IndexError: list index out of range" in told.message and "cell 1, line 2" in told.message


def test_a_missing_function_is_named_with_the_cell_that_failed(sandbox: Sandbox) -> None:
    told = fault(sandbox, NotFound, "1 / 0\ndef f(): return 1")
    assert "no function `f`" in told.message and "ZeroDivisionError" in told.message


def test_a_missing_function_is_named_with_one_that_is_called_almost_so(sandbox: Sandbox) -> None:
    cell = Cell("cell 1", "def Soft_Max(x): return x\ndef half(x): return x")
    with sandbox.open([cell]) as child:
        with pytest.raises(NotFound, match="is it `Soft_Max`"):
            child.call("softmax", (1,), {}, seconds=ENOUGH)
        with pytest.raises(NotFound, match=r"in what was handed in$"):
            child.call("double", (1,), {}, seconds=ENOUGH)


@pytest.mark.parametrize(
    "line",
    [
        "open('out.txt', 'w')",
        "import threading; threading.Thread(target=print).start()",
        "import os; os.fork()",
    ],
)
def test_who_wants_what_is_closed_while_grading_is_told_so(sandbox: Sandbox, line: str) -> None:
    assert (
        "while grading, code can write no files"
        in fault(sandbox, NotFound, f"{line}\ndef f(): return 1").message
    )


@pytest.mark.parametrize(
    ("source", "args", "meaning"),
    [
        ("def f(): return 1", (1,), "f() takes fewer arguments than it was given"),
        ("def f(x): return 1", (1, 2, 3), "f() takes fewer arguments than it was given"),
        ("def f(x, y): return 1", (1,), "f() was given fewer arguments than it takes"),
        ("def f(): return g(z=2)\ndef g(): pass", (), "g() was given an argument by a name that it does not have"),
    ],
)  # fmt: skip
def test_a_wrong_number_of_arguments_is_told_in_words_also_where_inputs_are_not(
    sandbox: Sandbox, source: str, args: tuple[Any, ...], meaning: str
) -> None:
    assert f"TypeError: {meaning}" in fault(sandbox, Raised, source, *args).discreet


def test_an_endless_loop_is_a_timeout_by_the_limit_of_the_check(sandbox: Sandbox) -> None:
    told = fault(sandbox, TimedOut, "def f():\n    while True: pass")
    assert (told.outcome, told.limit) == ("timeout", "seconds_per_check")


def test_waiting_is_a_timeout_by_the_wall_clock(sandbox: Sandbox) -> None:
    told = fault(sandbox, TimedOut, "import time\ndef f(): time.sleep(1000)")
    assert (told.outcome, told.limit) == ("timeout", "wall clock")


def test_the_time_of_the_exercise_is_counted_over_all_calls() -> None:
    source = "import time\ndef f():\n    until = time.process_time() + 0.2\n    while time.process_time() < until: pass"
    with Sandbox(BRIEF) as sandbox, sandbox.open([Cell("cell 1", source)]) as child:
        with pytest.raises(TimedOut) as caught:
            for _ in range(20):
                child.call("f", (), {}, seconds=ENOUGH)
    assert caught.value.limit == "seconds"


def test_memory_that_is_not_there_is_named(sandbox: Sandbox) -> None:
    told = fault(sandbox, OutOfMemory, "def f(): return bytearray(10**9)")
    assert (told.outcome, told.limit) == ("error", "memory")


def test_the_memory_of_the_limits_can_be_used(sandbox: Sandbox) -> None:
    assert run(sandbox, "def f(): return len(bytearray(180 * 2**20))").value == 180 * 2**20


@pytest.mark.parametrize("end", ["import os; os._exit(0)", "import ctypes; ctypes.string_at(0)"])
def test_a_process_that_ends_gives_no_answer(sandbox: Sandbox, end: str) -> None:
    assert fault(sandbox, Exited, f"def f():\n    {end}").outcome == "error"


def test_a_function_may_call_itself_for_each_step_of_a_long_run(sandbox: Sandbox) -> None:
    source = "def f(n):\n    step = lambda k: k - 1\n    return 0 if n == 0 else 1 + f(step(n))"
    assert run(sandbox, source, 10_000).value == 10_000


@pytest.mark.parametrize("through", ["f(n + 1)", "max(map(f, [n + 1]))"])
def test_a_function_that_never_stops_calling_itself_is_told_so_and_does_not_crash(
    sandbox: Sandbox, through: str
) -> None:
    assert "RecursionError" in str(fault(sandbox, Raised, f"def f(n):\n    return {through}", 0))


def test_sys_exit_is_an_error_and_no_success(sandbox: Sandbox) -> None:
    assert fault(sandbox, Raised, "import sys\ndef f(): sys.exit(0)").outcome == "error"


def test_a_value_that_is_too_large_is_named(sandbox: Sandbox) -> None:
    for made in (
        "'x' * 10**7",
        "[0] * 10**6",
        "np.zeros(10**7)",
        "dict.fromkeys(range(10**5))",
        "1 << 10**7",
    ):
        told = fault(sandbox, TooMuch, f"import numpy as np\ndef f(): return {made}")
        assert (told.outcome, told.limit) == ("error", "size"), made


# Cells, and what goes on after a fault.


def test_a_cell_that_fails_does_not_take_the_others_with_it(sandbox: Sandbox) -> None:
    cells = [
        Cell("cell 1", "def f(): return 1"),
        Cell("cell 2", "1 / 0"),
        Cell("cell 3", "def g(): return 2"),
    ]
    with sandbox.open(cells) as child:
        assert child.call("f", (), {}, seconds=ENOUGH).value == 1
        assert child.call("g", (), {}, seconds=ENOUGH).value == 2
        assert [label for label, _ in child.cell_errors] == ["cell 2"]


@pytest.mark.parametrize(
    "source",
    [
        "%matplotlib inline\nx = 1",
        "!pip install something\nx = 1",
        "files = !ls\nx = 1 if files is None else 2",
        "%time x = 1",
        "%%time\nx = 1",
        "len?\nx = 1",
        "display(3)\nget_ipython().run_line_magic('timeit', '1')\nx = 1",
        "async def one(): return 1\nx = await one()",
        "import asyncio\nawait asyncio.sleep(0)\nx = 1",
        "import matplotlib.pyplot as plt\nfig, (a, b) = plt.subplots(1, 2)\nline, = a.plot([1, 2])\nplt.show()\nx = 1",
        "from tqdm.notebook import tqdm\nx = sum(1 for _ in tqdm(range(1)))",
    ],
)
def test_what_only_a_kernel_understands_does_not_stop_a_cell(sandbox: Sandbox, source: str) -> None:
    """Notebooks are full of magics, plots and `await`; none of it may cost the functions around it."""
    with sandbox.open([Cell("cell 1", f"{source}\ndef f(): return x")]) as child:
        assert child.call("f", (), {}, seconds=ENOUGH).value == 1
        assert child.cell_errors == ()


@pytest.mark.parametrize("source", ["%%bash\nrm -rf /\nexit 1", "%%html\n<b>no Python</b>"])
def test_a_cell_in_another_language_is_passed_over(sandbox: Sandbox, source: str) -> None:
    with sandbox.open([Cell("cell 1", source), Cell("cell 2", "def f(): return 1")]) as child:
        assert child.call("f", (), {}, seconds=ENOUGH).value == 1
        assert child.cell_errors == ()


def test_input_is_refused_in_words(sandbox: Sandbox) -> None:
    with sandbox.open([Cell("cell 1", "name = input('Your name?')")]) as child:
        ((label, problem),) = child.cell_errors
    assert label == "cell 1" and "input" in problem


@pytest.mark.parametrize(
    "bad", ["while True: pass", "import os; os._exit(1)", "import time; time.sleep(1000)"]
)
def test_a_cell_that_ends_its_child_is_left_out_and_the_rest_is_run_again(bad: str) -> None:
    cells = [Cell("cell 1", "def f(): return 1"), Cell("cell 2", bad), Cell("cell 3", "def g(): return 2")]
    with Sandbox(BRIEF) as sandbox, sandbox.open(cells) as child:
        assert child.call("f", (), {}, seconds=ENOUGH).value == 1
        assert child.call("g", (), {}, seconds=ENOUGH).value == 2


def test_after_a_fault_the_next_call_finds_everything_as_it_was(sandbox: Sandbox) -> None:
    source = "import os\nseen = []\ndef f(how):\n    seen.append(how)\n    if how == 'exit': os._exit(1)\n    while how == 'loop': pass\n    return seen"
    with sandbox.open([Cell("cell 1", source)]) as child:
        assert child.call("f", ("a",), {}, seconds=ENOUGH).value == ["a"]
        for how in ("exit", "loop"):
            with pytest.raises(Fault):
                child.call("f", (how,), {}, seconds=SOON)
        assert child.call("f", ("b",), {}, seconds=ENOUGH).value == ["b"]


def test_two_submissions_know_nothing_of_each_other(sandbox: Sandbox) -> None:
    one = "import sys, numpy as np, builtins\nnp.mine = builtins.mine = sys.mine = 1\ndef f(): return hasattr(np, 'mine')"
    other = "import sys, numpy as np, builtins\ndef f(): return any(hasattr(m, 'mine') for m in (np, sys, builtins))"
    with sandbox.open([Cell("cell 1", one)]) as first, sandbox.open([Cell("cell 1", other)]) as second:
        assert first.call("f", (), {}, seconds=ENOUGH).value is True
        assert second.call("f", (), {}, seconds=ENOUGH).value is False
    assert run(sandbox, other).value is False


@pytest.mark.parametrize(
    "wanted",
    [
        "from sklearn.linear_model import SGDClassifier",
        "from sklearn.utils import shuffle",
        "import scipy.stats",
    ],
)
def test_scikit_learn_may_be_imported_where_no_check_needs_it(wanted: str) -> None:
    with Sandbox(Limits(memory=512 * MIB, seconds_per_check=10, seconds=30)) as sandbox:
        assert run(sandbox, f"{wanted}\ndef f(): return 1").value == 1


def test_a_package_that_may_not_be_read_is_one_that_is_not_there(sandbox: Sandbox) -> None:
    source = (
        "try:\n    import pytest\nexcept ImportError as error:\n    said = str(error)\ndef f(): return said"
    )
    assert run(sandbox, source).value == "No module named 'pytest'"


def test_the_courses_data_can_be_read_and_its_scripts_are_not_there(sandbox: Sandbox) -> None:
    assert run(sandbox, "def f(): return open('table.csv').read()").value == "a,b\n1,2\n"
    fault(sandbox, Raised, "def f(): return open('make.py').read()")
    fault(sandbox, Raised, "def f(): return open('table.csv', 'a').write('x')")


def test_the_process_of_a_submission_is_gone_when_it_is_closed(sandbox: Sandbox) -> None:
    with sandbox.open([Cell("cell 1", "x = 1")]) as child:
        assert child._live is not None and child._live.channel._clock is not None
        pid = ~(child._live.channel._clock >> 3)  # in our numbering; inside bubblewrap it has another
        assert Path(f"/proc/{pid}").exists()
    assert not Path(f"/proc/{pid}").exists()


def test_a_zygote_that_was_killed_is_replaced(tmp_path: Path) -> None:
    with Sandbox(LIMITS) as sandbox:
        assert run(sandbox, "def f(): return 1").value == 1
        zygote = sandbox._zygote(heavy=False)
        os.kill(zygote.pid, 9)
        zygote._process.wait()
        assert run(sandbox, "def f(): return 2").value == 2


def test_a_sandbox_leaves_no_process_and_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Sandbox(LIMITS) as sandbox, sandbox.open([Cell("cell 1", "x = 1")]):
        pid = sandbox._zygote(heavy=False).pid
        assert list(tmp_path.iterdir())
    assert not Path(f"/proc/{pid}").exists()
    assert list(tmp_path.iterdir()) == []


def test_the_layers_are_named(sandbox: Sandbox) -> None:
    names = " ".join(sandbox.layers.names)
    for layer in (
        "own process",
        "no descriptors",
        "limits",
        "no new privileges",
        "undumpable",
        "Landlock",
        "seccomp",
    ):
        assert layer in names


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user has no capabilities to lose")
def test_a_child_of_root_has_no_capability_but_to_read(sandbox: Sandbox) -> None:
    """Root's power over limits, other processes and the network is gone; what it may open is for Landlock to say."""
    with sandbox.open([Cell("cell 1", "x = 1")]) as child:
        assert child._live is not None and child._live.channel._clock is not None
        pid = ~(child._live.channel._clock >> 3)
        status = Path(f"/proc/{pid}/status").read_text("ascii")
    held = {line.split(":")[0]: int(line.split()[1], 16) for line in status.splitlines() if line[:3] == "Cap"}
    assert {name: held[name] & ~CAP_DAC_READ_SEARCH for name in ("CapEff", "CapPrm", "CapInh", "CapAmb")} == {
        "CapEff": 0,
        "CapPrm": 0,
        "CapInh": 0,
        "CapAmb": 0,
    }
