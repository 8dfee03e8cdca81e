"""The world as a process sees it: disks that fail when they are told, clocks that run faster. See world.c."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("world.c")


@cache
def library() -> Path:
    """The world, compiled; it is preloaded into a process. Skips what needs it where there is no compiler."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("a C compiler on Linux makes disks that fail, and there is none")
    made = Path(tempfile.mkdtemp(prefix="timeline-world-")) / "world.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", made, SOURCE, "-ldl"], check=True)
    return made


def failing(kind: str, at: int, path: Path | str) -> dict[str, str]:
    """The environment of a process in which a write to files of this path fails, in one of the ways of world.c."""
    return {"LD_PRELOAD": str(library()), "WORLD_FAULT": f"{kind}:{at}:{path}"}


def hurrying(factor: float) -> dict[str, str]:
    """The environment of a process in which a second by the clock on the wall is over in 1 / factor of one."""
    return {"LD_PRELOAD": str(library()), "WORLD_CLOCK": f"{time.time()}:{factor}"}
