"""Figures read from /proc."""

import os
import subprocess
import sys

from bench.processes import cpu_seconds, mebibytes, memory, ticks, tree

ROLLUP = """\
55d0-7ffd ---p 00000000 00:00 0                          [rollup]
Rss:               51200 kB
Pss:               10240 kB
Pss_Dirty:          4096 kB
"""


def test_memory_is_told_apart_from_its_parts() -> None:
    assert (mebibytes(ROLLUP, "Rss"), mebibytes(ROLLUP, "Pss"), mebibytes("", "Pss")) == (50, 10, 0)


def test_a_name_with_brackets_and_blanks_shifts_no_field() -> None:
    assert ticks("7 (a (b) c) S 1 7 7 0 -1 4194304 9 9 9 9 10 20 3 4 20 0 1") == 37


def test_children_count_and_so_does_what_they_used() -> None:
    busy = "import time\nwhile time.process_time() < 0.3: pass\nprint(1, flush=True)\ntime.sleep(60)"
    before = cpu_seconds([os.getpid()])
    with subprocess.Popen([sys.executable, "-c", busy], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert child.pid in tree(os.getpid())
        assert cpu_seconds([child.pid]) >= 0.25
        assert memory([child.pid]).rss > 1
        child.kill()
    assert cpu_seconds([os.getpid()]) - before >= 0.25
    assert memory([child.pid]) == (0, 0)
