"""Connects to a server by TCP, over IPv4 and IPv6, and listens itself.

Wants: to send home what it found, or to fetch the answers.
Evidence: a connection; loot.
"""
import socket


def connect(family, address):
    with socket.socket(family, socket.SOCK_STREAM) as sock:
        sock.settimeout(0.3)
        sock.connect(address)
        sock.sendall(b"hostile")
        return "connected"


attempt("ipv4", lambda: connect(socket.AF_INET, ("127.0.0.1", TARGETS["tcp"])))
attempt("ipv6", lambda: connect(socket.AF_INET6, ("::1", TARGETS["tcp"])))
attempt("listen", lambda: str(socket.create_server(("127.0.0.1", 0))))
attempt("http", lambda: __import__("urllib.request").request.urlopen(f"http://127.0.0.1:{TARGETS['tcp']}/", timeout=0.3).read())
attempt("fast open", lambda: socket.socket().sendto(b"hostile", 0x20000000, ("127.0.0.1", TARGETS["tcp"])))
