"""Crashes its interpreter in several ways.

Wants: a harness that takes a crash for the end of the exercise, or dies with it.
Evidence: points; a check that is broken.
Earns: nothing
"""
import ctypes
import faulthandler


def moving_average(values, window):
    ctypes.string_at(0)


def descend(*_):
    faulthandler._sigabrt()


def initials(text):
    ctypes.memset(id(type), 0, 64)


def loot():
    ctypes.pythonapi.Py_FatalError(b"the end")
