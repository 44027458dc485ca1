"""The real `nbgrader zip_collect` with our reader: our ids, the last attempt, the right time, nothing outside its folder."""

from __future__ import annotations

import zipfile
from pathlib import Path

from autograder.course import Course
from tests import rooms

CONFIG = """
c = get_config()
c.ZipCollectApp.extractor_plugin = "autograder.zip_collect.LmsExtractor"
c.ZipCollectApp.collector_plugin = "autograder.zip_collect.LmsCollector"
c.LmsCollector.lms = "blackboard"
c.LmsCollector.roster = "roster.csv"
c.LmsCollector.zone = "Europe/Berlin"
"""


def test_zip_collect_puts_the_last_attempt_where_it_belongs(tiny: Course, tmp_path: Path) -> None:
    room = rooms.copy_of(tiny, tmp_path / "classroom")
    config = room / "nbgrader_config.py"
    config.write_text(config.read_text(encoding="utf-8") + CONFIG, encoding="utf-8")
    (room / "roster.csv").write_text("id,first_name,blackboard.username\nann,Ann,ann_d\n", encoding="utf-8")
    archive = room / "downloaded/words/archive/submissions.zip"
    archive.parent.mkdir(parents=True)
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("W_ann_d_attempt_2026-09-08-23-59-10_my work (1).ipynb", "last")
        made.writestr("W_ann_d_attempt_2026-09-08-23-59-10.txt", "Name: Ann (ann_d)\n")
        made.writestr("W_ann_d_attempt_2026-09-07-23-59-10_words.ipynb", "first")
        made.writestr("W_ann_d_attempt_2026-09-07-23-59-10.txt", "Name: Ann (ann_d)\n")
        made.writestr("W_eve_attempt_2026-09-07-23-59-10_words.ipynb", "stranger")
        made.writestr("../../../W_ann_d_attempt_2027-09-07-23-59-10_words.ipynb", "evil")

    said = rooms.nbgrader(room, "zip_collect", "words")

    submitted = room / "submitted"
    assert ["ann/words/timestamp.txt", "ann/words/words.ipynb"] == sorted(
        path.relative_to(submitted).as_posix() for path in submitted.rglob("*") if path.is_file()
    )
    assert "last" == (submitted / "ann/words/words.ipynb").read_text(encoding="utf-8")
    # nbgrader alone would read this stamp as 09:00 of the next day
    assert (
        "2026-09-08 21:59:10" == (submitted / "ann/words/timestamp.txt").read_text(encoding="utf-8").strip()
    )
    assert "the hand-in of `eve` (eve) is not in the class" in said
    assert "would leave its folder; it was not unpacked" in said
    assert not list(tmp_path.glob("W_*"))
