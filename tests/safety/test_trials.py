"""A short form of every trial; `make soak` tries the same at length."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.safety.goals import trial
from tests.safety.site import POSTGRESQL, SQLITE, postgres_server
from tests.safety.trials import GOALS

HERE = POSTGRESQL if postgres_server() else SQLITE


TRIED = [
    pytest.param(name, marks=[pytest.mark.browser] if goal.browser else [])
    for name, goal in GOALS.items()
    if HERE in goal.databases
]


@pytest.mark.parametrize("name", TRIED)
def test_a_promise_is_kept(tmp_path: Path, name: str) -> None:
    with trial(GOALS[name], tmp_path, HERE, GOALS[name].few) as done:
        GOALS[name].attempt(done)

    assert done.wrong == []
    assert done.tried > 0
