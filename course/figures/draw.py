"""Draws every figure of the course into its lesson's folder: `python course/figures/draw.py [lesson number ...]`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

COURSE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(COURSE), str(COURSE / "figures")]

import style  # noqa: E402

NUMBERS = ("01", "02", "03", "04", "05", "06")


def lesson_module(number: str) -> ModuleType:
    """The module with the figures (`FIGURES`) and the checked statements (`statements`) of one lesson."""
    return importlib.import_module(f"lesson_{number}")


def lesson_folder(number: str) -> Path:
    (folder,) = (COURSE / "lessons").glob(f"{number}-*")
    return folder


if __name__ == "__main__":
    for chosen in sys.argv[1:] or NUMBERS:
        for name, draw in lesson_module(chosen).FIGURES.items():
            style.write(draw, lesson_folder(chosen) / name)
            print(lesson_folder(chosen).name, name)
