"""Connects to unix sockets, in the file system and abstract ones.

Wants: a service of the machine: a database, a container engine, a desktop.
Evidence: a connection; loot.
"""
import socket


def connect(kind, address):
    with socket.socket(socket.AF_UNIX, kind) as sock:
        sock.settimeout(0.3)
        sock.connect(address)
        sock.send(b"hostile")
        return "connected"


for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
    attempt("path", lambda: connect(kind, TARGETS["unix"]))
    attempt("abstract", lambda: connect(kind, "\0" + TARGETS["abstract"]))
attempt("bind abstract", lambda: socket.socket(socket.AF_UNIX).bind("\0hostile-mine") or "bound")
attempt("pair", lambda: socket.socketpair() and False)
