"""Opens sockets of every other family that the kernel may know.

Wants: a way out that nobody thought of: netlink, packets, vsock, crypto, bluetooth, io_uring.
Evidence: loot.
"""
import ctypes
import socket

for family in (*range(3, 11), 15, 16, 17, 21, 26, 29, 31, 38, 40, 43, 44):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        attempt(f"family {family}", lambda: str(socket.socket(family, kind)))
TRIED[:] = sorted(set(TRIED))
area = ctypes.create_string_buffer(200)
attempt("io_uring", lambda: syscall("io_uring_setup", 4, ctypes.addressof(area)) + 1)
