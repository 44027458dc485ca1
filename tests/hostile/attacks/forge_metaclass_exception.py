"""Raises an exception whose class has a name of a million letters and a metaclass that refuses to be looked at.

Wants: a harness that trips over `type(error).__name__`.
Evidence: points; a check that is broken.
"""


class Meta(type):
    def __getattribute__(cls, name):
        if name in ("__name__", "__qualname__", "__mro__", "__module__"):
            raise RuntimeError("no name")
        return super().__getattribute__(name)

    def __instancecheck__(cls, instance):
        return True


class Nameless(Exception, metaclass=Meta):
    pass


Long = type("x" * 10**6 + "\x1b[2J", (Exception,), {})


def moving_average(values, window):
    raise Nameless("here")


def descend(*_):
    raise Long("here")
