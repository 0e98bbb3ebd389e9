"""What the commands cost: CPU time of a whole process, start of the interpreter included.

`python -m bench.commands` prints the median of some runs of each, beside a bare interpreter and click alone.
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
LIMITS_MS = {"cadence --help": 60, "cadence warnings": 200}


def cpu_ms(command: Sequence[str], environment: dict[str, str]) -> float:
    """User and system time of one process and its children, in milliseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def median_cpu_ms(command: Sequence[str], environment: dict[str, str], runs: int = RUNS) -> float:
    """The median of several runs, after one that warms the caches."""
    cpu_ms(command, environment)
    return statistics.median(cpu_ms(command, environment) for _ in range(runs))


def measure() -> dict[str, float]:
    """CPU milliseconds by what was run."""
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
            "python -c pass": [*python, "-c", "pass"],
            "import click": [*python, "-c", "import click"],
            "cadence --help": [*cadence, "--help"],
            **{
                f"cadence {name}": [*cadence, name]
                for name in ("warnings", "week", "agenda", "consistency", "load", "slots", "log")
            },
        }
        return {name: median_cpu_ms(command, environment) for name, command in commands.items()}


def main() -> None:
    for name, spent in measure().items():
        limit = LIMITS_MS.get(name)
        verdict = "" if limit is None else f"  (limit {limit}: {'ok' if spent <= limit else 'TOO SLOW'})"
        print(f"{name:22} {spent:7.1f} CPU ms{verdict}")


if __name__ == "__main__":
    main()
