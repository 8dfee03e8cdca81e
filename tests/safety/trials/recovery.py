"""A site that was killed serves again at once; one that was lost is brought back whole."""

from __future__ import annotations

import time

from tests.safety.goals import Goal, Trial, load
from tests.safety.site import PATIENCE, Site

SERVING, RESTORED = 3.0, 60.0  # seconds
KILLS = 3


def recovered(trial: Trial) -> None:
    """An archive of so many events: its server is killed some times, then its backup fills an empty site."""
    site = trial.site()
    patience = 6 * PATIENCE
    assert site.run("generate", "--events", str(trial.number), patience=patience).code == 0
    again = []
    with site.serving() as server:
        for _ in range(KILLS):
            server.end()
            again.append(server.begin())
            trial.tried += 1
    trial.check(trial.is_short or max(again) <= SERVING, f"serving after {max(again):.1f} s")
    before, exported = site.state(), export(site)
    kept = trial.folder / "kept"
    done = site.run("backup", str(kept), patience=patience)
    trial.check(done.code == 0, done.err[-300:])
    site.empty()
    began = time.monotonic()
    done = site.run("restore", str(kept), patience=patience)
    took = time.monotonic() - began
    trial.check(done.code == 0, done.err[-300:])
    trial.check(trial.is_short or took <= RESTORED, f"restored after {took:.0f} s")
    trial.check(site.state() == before, "another state than before")
    trial.check(export(site) == exported, "another export than before")
    trial.wrong += site.damage()
    trial.tried += 1
    trial.notes |= {
        "events": f"{site.count('event'):,}",
        "serving after": f"{max(again):.1f} s at most",
        "restored after": f"{took:.1f} s",
        "busy": load(),
    }


def export(site: Site) -> str:
    done = site.run("export_events", "--format", "json", patience=6 * PATIENCE)
    assert done.code == 0, done.err
    return done.out


RECOVERY = Goal(
    "recovery",
    "serving 3 s after kill -9; 100,000 events restored in 60 s, state and export identical",
    many=100_000,
    few=100,
    attempt=recovered,
)
