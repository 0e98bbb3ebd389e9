"""All measurements, one after another: `python -m bench [NAME …]`."""

from __future__ import annotations

import sys
from importlib import import_module

PARTS = (
    "storage",
    "warnings",
    "feeds",
    "serving",
    "busy",
    "commands",
    "app",
    "app_keys",
    "app_day",
    "app_rivals",
    "planning",
    "plan_keys",
    "explaining",
)


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"there is no measurement {unknown[0]!r}; there is: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    for name in names or PARTS:
        import_module(f"bench.{name}").run()
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
