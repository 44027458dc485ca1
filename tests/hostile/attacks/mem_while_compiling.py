"""Makes the compiler itself take memory and time: constants that fold, names without number.

Wants: a limit that only begins when the functions are called.
Evidence: a check that is broken; a batch that does not end.
Harmful: it takes all memory.
"""
BIG = "x = (" + " + ".join(["[" + "1, " * 2000 + "]"] * 2000) + ")\n"
exec(compile(BIG * 20, "big", "exec"))
