"""Sends datagrams, which need no connection.

Wants: to send home what it found.
Evidence: a datagram; loot.
"""
import socket


def send(family, address):
    with socket.socket(family, socket.SOCK_DGRAM) as sock:
        return sock.sendto(b"hostile", address)


attempt("ipv4", lambda: send(socket.AF_INET, ("127.0.0.1", TARGETS["udp"])))
attempt("ipv6", lambda: send(socket.AF_INET6, ("::1", TARGETS["udp"])))
attempt("names", lambda: socket.getaddrinfo("localhost", 80))
attempt("lookup", lambda: socket.gethostbyname("localhost"))
