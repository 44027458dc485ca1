"""Is a file that the parser cannot swallow, made when it is read.

Wants: a crash of whatever parses it.
Evidence: a check that is broken.
"""
import ast

DEEP = "(" * 200_000 + ")" * 200_000
for parse in (compile, ast.parse, eval):
    try:
        parse(DEEP, "deep", "exec") if parse is not eval else eval(DEEP)
    except BaseException as error:
        TRIED.append(type(error).__name__)
try:
    compile("-" * 1_000_000 + "1", "minus", "eval")
except BaseException as error:
    TRIED.append(type(error).__name__)
