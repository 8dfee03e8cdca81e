"""The trials, each of one promise of safety or of several that belong together."""

from __future__ import annotations

from tests.safety.goals import Goal
from tests.safety.trials import (
    addresses,
    disks,
    inputs,
    kills,
    people,
    queries,
    reading,
    recovery,
    scripts,
    servers,
    workers,
    writers,
)

GOALS: dict[str, Goal] = {
    "inputs": inputs.INPUTS,
    "kills": kills.MOMENTS,
    "writes": kills.WRITES,
    "disks": disks.DISKS,
    "writers": writers.WRITERS_AT_ONCE,
    "workers": workers.WORKERS,
    "corrections": people.CORRECTIONS,
    "takedowns": people.TAKEDOWNS,
    "addresses": addresses.ADDRESSES,
    "servers": servers.SERVERS,
    "scripts": scripts.SCRIPTS,
    "queries": queries.QUERIES,
    "load": queries.LOAD,
    "recovery": recovery.RECOVERY,
    "polling": reading.POLLING,
    "mixed": reading.MIXED,
    "throughput": reading.SPEED,
}
