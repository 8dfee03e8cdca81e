"""The trials, each of one promise of safety or of several that belong together."""

from __future__ import annotations

from tests.safety.goals import Goal
from tests.safety.trials import addresses, disks, inputs, kills, servers, workers, writers

GOALS: dict[str, Goal] = {
    "inputs": inputs.INPUTS,
    "kills": kills.MOMENTS,
    "writes": kills.WRITES,
    "disks": disks.DISKS,
    "writers": writers.WRITERS_AT_ONCE,
    "workers": workers.WORKERS,
    "addresses": addresses.ADDRESSES,
    "servers": servers.SERVERS,
}
