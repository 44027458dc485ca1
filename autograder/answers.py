"""Takes the value out of the source of a quiz answer, and reads it as a number, a truth value, letters or a text.

The source is a stranger's. Only its syntax tree is looked at: literals, bare words (read as text), signs and plain
arithmetic on numbers. Nothing is imported, called or evaluated, and everything is capped.
"""

from __future__ import annotations

import ast
import math
import re
import unicodedata
import warnings
from collections.abc import Iterator
from decimal import Context, Decimal, DecimalException

MAX_SOURCE = 2000
MAX_DEPTH = 20
MAX_ITEMS = 200

Answer = bool | int | float | str | Decimal | tuple["Answer", ...]

_TRUE = frozenset({"true", "t", "yes", "y", "right"})
_FALSE = frozenset({"false", "f", "no", "n", "wrong"})
_CALCULATION = Context(prec=40, Emax=400, Emin=-400)
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")
_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_LETTER = re.compile(r"\(?\s*([a-zA-Z])\s*[).:]?")
_SEPARATOR = re.compile(r"\s*(?:,|;|\s|\band\b)\s*")


class AnswerError(Exception):
    """The answer cannot be read; `message` tells the student why and what to write."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def read_answer(source: str) -> Answer | None:
    """The value that a cell gives to `answer`, or None if nothing was answered.

    The last `answer = ...` that is not the three dots of the empty cell counts. Without any assignment, a cell that
    holds nothing but a value is taken as the answer. A calculation with plain numbers is worked out exactly.
    """
    if len(source) > MAX_SOURCE:
        raise AnswerError(f"the answer is longer than {MAX_SOURCE:,} characters; write only `answer = ...`")
    statements = _parse(source).body
    values = [value for statement in statements for value in _assigned(statement)]
    if not values and len(statements) == 1 and isinstance(statements[0], ast.Expr):
        values = [statements[0].value]
    if not values:
        if statements:
            raise AnswerError("the cell has no line `answer = ...`")
        return None
    given = [value for value in values if not _is_empty(value)]
    return _value(given[-1]) if given else None


def as_truth(value: Answer) -> bool:
    """`True` or `False`, also written as a word."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and (word := normal_text(value)) in _TRUE | _FALSE:
        return word in _TRUE
    raise AnswerError("the answer must be `True` or `False`: write `answer = True`")


def as_number(value: Answer) -> Decimal:
    """A finite number, exactly as it was written; also from a text such as "0.5" or "0,5"."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _decimal(value)
    if isinstance(value, str):
        return _number_in(value.strip())
    if isinstance(value, tuple) and len(value) == 2:
        raise AnswerError("a comma makes two numbers of it; use a point: `answer = 0.5`")
    raise AnswerError("the answer must be a number: write `answer = 0.5`")


def as_letters(value: Answer) -> tuple[str, ...]:
    """The letters in an answer such as "b", "b)", ["a", "C"] or "a, c", in lower case and in their order."""
    return tuple(letter for part in _parts(value) for letter in _letters_in(part))


def as_option_letter(text: str) -> str:
    """The letter in "b", "B", "b)" or "(b)", in lower case; nothing if *text* is something else."""
    match = _LETTER.fullmatch(text.strip())
    return match[1].lower() if match else ""


def as_texts(value: Answer) -> tuple[str, ...]:
    """The texts and numbers in an answer, as texts; empty if there is anything else in it."""
    values = value if isinstance(value, tuple) else (value,)
    if any(isinstance(one, bool | tuple) for one in values):
        return ()
    return tuple(str(one) for one in values)


def normal_text(text: str) -> str:
    """*text* with case, surrounding blanks, inner runs of blanks and typographic forms evened out."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _parse(source: str) -> ast.Module:
    try:
        return _tree(source)
    except AnswerError:
        # a magic or a stray sentence beside the answer makes the cell invalid, not the answer unreadable
        lines = [line for line in source.splitlines() if re.match(r"\s*answer\s*=(?!=)", line, re.IGNORECASE)]
        for line in reversed(lines):
            return _tree(line.strip())
        raise


def _tree(source: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(source)
        except SyntaxError as error:
            where = f" (line {error.lineno})" if error.lineno else ""
            raise AnswerError(
                f'the answer is not valid Python{where}: put a text in quotes, such as `answer = "b"`'
            ) from error
        except (ValueError, RecursionError, MemoryError) as error:
            raise AnswerError("the answer cannot be read: write only `answer = ...`") from error


def _assigned(statement: ast.stmt) -> Iterator[ast.expr]:
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets = [statement.target]
    else:
        return
    if any(isinstance(target, ast.Name) and target.id.casefold() == "answer" for target in targets):
        assert statement.value is not None  # noqa: S101 - told to mypy; both branches saw to it
        yield statement.value


def _is_empty(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return (
            node.value is ...
            or node.value is None
            or (isinstance(node.value, str) and not node.value.strip())
        )
    return isinstance(node, ast.List | ast.Tuple) and all(map(_is_empty, node.elts))


def _value(node: ast.expr, depth: int = 0) -> Answer:
    if depth > MAX_DEPTH:
        raise AnswerError("the answer is nested too deeply")
    if isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float | str):
        return node.value
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        if len(node.elts) > MAX_ITEMS:
            raise AnswerError("the answer has too many entries")
        return tuple(_value(item, depth + 1) for item in node.elts)
    if isinstance(node, ast.UnaryOp | ast.BinOp):
        return _simplest(_calculated(node, depth))
    raise AnswerError("the answer must be written out, such as `answer = 0.5`; it is read, not run")


def _simplest(number: Decimal) -> Decimal | int:
    return int(number) if number == number.to_integral_value() and abs(number) < 10**18 else number


def _calculated(node: ast.expr, depth: int) -> Decimal:
    """The exact value of signs, `+ - * /` and small powers of numbers."""
    if depth > MAX_DEPTH:
        raise AnswerError("the answer is nested too deeply")
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    ):
        return _decimal(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        inner = _calculated(node.operand, depth + 1)
        return -inner if isinstance(node.op, ast.USub) else inner
    if isinstance(node, ast.BinOp):
        left, right = _calculated(node.left, depth + 1), _calculated(node.right, depth + 1)
        try:
            return _operate(node.op, left, right)
        except DecimalException as error:
            raise AnswerError("the calculation has no finite result; write the number itself") from error
    raise AnswerError("the answer must be a number or a calculation with plain numbers; it is read, not run")


def _operate(operator: ast.operator, left: Decimal, right: Decimal) -> Decimal:
    match operator:
        case ast.Add():
            return _CALCULATION.add(left, right)
        case ast.Sub():
            return _CALCULATION.subtract(left, right)
        case ast.Mult():
            return _CALCULATION.multiply(left, right)
        case ast.Div():
            return _CALCULATION.divide(left, right)
        case ast.Pow() if right == right.to_integral_value() and abs(right) <= 300:
            return _CALCULATION.power(left, right)
    raise AnswerError("only `+ - * /` and powers can be read in an answer; write the number itself")


def _decimal(number: float | int) -> Decimal:
    if isinstance(number, float):
        if not math.isfinite(number):
            raise AnswerError("the answer must be a finite number")
        return Decimal(repr(number))
    if abs(number) >= 10**300:
        raise AnswerError("the number is too large")
    return Decimal(number)


def _number_in(text: str) -> Decimal:
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    if _THOUSANDS.fullmatch(text):
        plain = text.replace(",", "")
        raise AnswerError(f"`{text}` can be read in two ways; write `answer = {plain}` or use a point")
    if _COMMA.fullmatch(text):
        return Decimal(text.replace(",", "."))
    raise AnswerError("the answer must be a number alone: write `answer = 0.5`")


def _parts(value: Answer) -> Iterator[str]:
    for part in value if isinstance(value, tuple) else (value,):
        if not isinstance(part, str):
            raise AnswerError('answer with letters, such as `answer = "b"` or `answer = ["a", "c"]`')
        yield part


def _letters_in(text: str) -> list[str]:
    words = [word for word in _SEPARATOR.split(text.strip()) if word]
    letters = [as_option_letter(word) for word in words]
    if not words or not all(letters):
        raise AnswerError('answer with letters, such as `answer = "b"` or `answer = ["a", "c"]`')
    return letters
