"""Asks the served function, and sleeps before each question.

Wants: a limit that begins anew with each message.
Evidence: a batch that does not end.
"""
import time


def descend(gradient, start, learning_rate, n_steps):
    while True:
        time.sleep(0.02)
        gradient(start)
