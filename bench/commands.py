"""What the commands cost: CPU time of a whole process, start of the interpreter included.

`python -m bench.commands` prints the fastest and the median of some runs of each, and how many bare
interpreters that is, which tells a slow machine from a slow command. The limits are CPU milliseconds of the
median.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

RUNS = 11
BARE = "python -c pass"
LIMITS = {"cadence --help": 60, "cadence warnings": 200}
"""CPU milliseconds."""


def cpu_ms(command: Sequence[str], environment: dict[str, str]) -> float:
    """User and system time of one process and its children, in milliseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def runs_of(command: Sequence[str], environment: dict[str, str], runs: int = RUNS) -> list[float]:
    """The times of several runs, after one that warms the caches, the fastest first."""
    cpu_ms(command, environment)
    return sorted(cpu_ms(command, environment) for _ in range(runs))


def measure() -> dict[str, list[float]]:
    """CPU milliseconds of all runs, by what was run."""
    python = [sys.executable]
    cadence = [*python, "-m", "cadence"]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "CADENCE_CALENDAR": str(Path(folder) / "sample.json")}
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            environment[name] = folder
        subprocess.run(
            [*cadence, "demo", "--calendar", environment["CADENCE_CALENDAR"], "--plain"],
            env=environment, stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip
        commands = {
            BARE: [*python, "-c", "pass"],
            "import click": [*python, "-c", "import click"],
            "cadence --help": [*cadence, "--help"],
            **{
                f"cadence {name}": [*cadence, name]
                for name in ("warnings", "week", "agenda", "consistency", "load", "slots", "log")
            },
        }
        return {name: runs_of(command, environment) for name, command in commands.items()}


def run() -> None:
    """Print the table."""
    found = measure()
    bare = found[BARE][0]
    for name, times in found.items():
        median, limit = statistics.median(times), LIMITS.get(name)
        verdict = "" if limit is None else f"  limit {limit} ms: {'ok' if median <= limit else 'OVER'}"
        print(
            f"{name:20} fastest {times[0]:6.1f}  median {median:6.1f} CPU ms"
            f" = {times[0] / bare:5.1f} bare interpreters{verdict}"
        )


if __name__ == "__main__":
    run()
