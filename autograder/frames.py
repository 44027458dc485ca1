"""Frames between the command process and its checker: a length and JSON text. Both ends are ours and trust each other.

What a student wrote travels inside as text and numbers only. A frame longer than the cap is refused on both sides, so
that no submission can make either process hold more than that.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Mapping
from typing import Any

MAX_BYTES = 64 * 1024 * 1024
_LENGTH = struct.Struct("!Q")


class Closed(Exception):
    """The other end is gone, or sent what is no frame."""


def send(channel: socket.socket, message: Mapping[str, Any]) -> None:
    """Writes one frame; raises Closed if the other end is gone."""
    body = json.dumps(message, ensure_ascii=True).encode("ascii")
    if len(body) > MAX_BYTES:
        raise Closed(f"a frame of {len(body)} bytes is longer than {MAX_BYTES}")
    try:
        channel.sendall(_LENGTH.pack(len(body)) + body)
    except OSError as error:
        raise Closed(str(error)) from error


def receive(channel: socket.socket) -> dict[str, Any]:
    """Reads one frame; raises Closed if the other end is gone, TimeoutError if the channel has a time limit and it passed."""
    (length,) = _LENGTH.unpack(_exactly(channel, _LENGTH.size))
    if length > MAX_BYTES:
        raise Closed(f"a frame of {length} bytes is longer than {MAX_BYTES}")
    try:
        message = json.loads(_exactly(channel, length))
    except ValueError as error:
        raise Closed("the other end sent what is no frame") from error
    if not isinstance(message, dict):
        raise Closed("the other end sent what is no frame")
    return message


def _exactly(channel: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        try:
            part = channel.recv(min(size - len(parts), 1 << 20))
        except TimeoutError:
            raise
        except OSError as error:
            raise Closed(str(error)) from error
        if not part:
            raise Closed("the other end is gone")
        parts += part
    return bytes(parts)
