"""Leaves a thread running that goes on changing values and writing after its function came back.

Wants: to change an answer after it was given; to outlive the call.
Evidence: points; a process that is left.
"""
import os
import threading
import time


def work(result):
    while True:
        result += 1
        for descriptor in range(3, 20):
            try:
                os.write(descriptor, b"late")
            except OSError:
                pass
        time.sleep(0.01)


def moving_average(values, window):
    result = np.zeros(5)
    attempt("start a thread", lambda: threading.Thread(target=work, args=(result,), daemon=True).start())
    return result
