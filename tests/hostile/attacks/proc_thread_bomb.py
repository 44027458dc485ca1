"""Starts threads until nothing is left, and native ones that Python does not count.

Wants: the machine.
Evidence: loot; a batch that does not end.
Harmful: it takes all threads.
"""
import _thread
import ctypes
import threading
import time


def bomb():
    for _ in range(300):
        threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
    return "300 threads"


attempt("threading", bomb)
attempt("_thread", lambda: [_thread.start_new_thread(time.sleep, (30,)) for _ in range(50)])
ENTRY = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)(lambda _: 0)


def native():
    number = ctypes.c_ulong()
    for _ in range(50):
        if LIBC.pthread_create(ctypes.byref(number), None, ENTRY, None):
            raise OSError(11, "refused")
    return "50 threads"


attempt("pthread", native)
