"""Uses the libraries that start processes and threads for people.

Wants: more than one processor.
Evidence: loot; a process that is left.
"""
import concurrent.futures
import multiprocessing


def pool():
    with multiprocessing.get_context("fork").Pool(4) as workers:
        return workers.map(abs, [1, 2])


attempt("pool", pool)
attempt("spawn", lambda: multiprocessing.get_context("spawn").Process(target=abs, args=(1,)).start() or "started")
attempt("threads", lambda: list(concurrent.futures.ThreadPoolExecutor(4).map(abs, [1, 2])))
attempt("shared memory", lambda: __import__("multiprocessing.shared_memory").shared_memory.SharedMemory(create=True, size=4096).name)
attempt("manager", lambda: str(multiprocessing.get_context("fork").Manager()))
