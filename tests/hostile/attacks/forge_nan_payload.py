"""Gives back nan with bits in them, negative zero, denormal numbers and numbers beyond float64.

Wants: a decoder that reads bits of a number as something else.
Evidence: points; a check that is broken.
"""
import struct

PAYLOAD = struct.unpack("<d", struct.pack("<Q", 0x7FF8DEADBEEFCAFE))[0]


def moving_average(values, window):
    return np.array([PAYLOAD, -PAYLOAD, -0.0, 5e-324, 1.8e308])


def descend(*_):
    return np.array([[np.longdouble("1e4000")] * 2] * 5)


def initials(text):
    return [PAYLOAD, 10**400, -(10**4000), complex("nan")]
