"""How good plans are, how soon, and beside whom: `python -m bench.planning [SIZE …] [--only WHO …]`.

Beside ours stand the whole model in HiGHS alone, in OR-Tools CP-SAT, and a plain greedy, on the same
generated problems and budgets. Every answer has passed the independent check, or its line says that it did
not. Values are compared level after level; in brackets stands what no plan falls below, "=" marks what is
proven best.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from itertools import product
from pathlib import Path

from bench import gap
from bench.planning_problems import RATIOS, SEEDS, SIZES
from bench.planning_run import WHO, Case, Outcome, measured
from cadence.planner.problem import LEVEL_NAMES

NAMES = {"ours": "ours", "highs": "whole HiGHS", "cpsat": "whole CP-SAT", "greedy": "greedy"}
NEEDS = {"cpsat": "ortools"}
"""Only measurements use it; the extra 'bench' installs it."""
BUDGETS = (2.0, 10.0)
GAP_BUDGETS = (10.0, 60.0)
PROOF_SECONDS = 60.0
PLOT = Path(__file__).parent.parent / "docs" / "planner-growth.png"
WIDTHS = (14, 13, 22, 15, 17, 9, 13)
"""Of the name and of the levels, in characters."""

Results = dict[Case, Outcome]


def run(argv: Sequence[str] = ()) -> None:
    asked = _parser().parse_args(argv)
    everything = not (asked.sizes or asked.only or asked.gap)
    if asked.sizes or not asked.gap:
        sizes = asked.sizes or list(SIZES)
        who = [name for name in asked.only or WHO if _is_here(name)]
        results = compare(groups_of(sizes, asked.ratios, asked.seeds, asked.seconds, who))
        _judge(results)
        if everything:
            _proofs()
            _plot(results)
    if everything or asked.gap:
        published(asked.gap or list(gap.instances()), asked.gap_seconds)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.planning")
    parser.add_argument("sizes", nargs="*", type=_size, metavar="SIZE", help=", ".join(SIZES))
    parser.add_argument("--seconds", nargs="+", type=float, default=list(BUDGETS), metavar="S")
    parser.add_argument("--only", nargs="+", choices=WHO, metavar="WHO", help=", ".join(WHO))
    parser.add_argument("--ratios", nargs="+", type=float, default=list(RATIOS), metavar="R")
    parser.add_argument("--seeds", nargs="+", type=int, default=list(SEEDS), metavar="N")
    parser.add_argument("--gap", nargs="+", choices=list(gap.instances()), metavar="INSTANCE")
    parser.add_argument("--gap-seconds", nargs="+", type=float, default=list(GAP_BUDGETS), metavar="S")
    return parser


def _size(text: str) -> str:
    if text not in SIZES:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(SIZES)}")
    return text


def _is_here(who: str) -> bool:
    here = who not in NEEDS or find_spec(NEEDS[who]) is not None
    if not here:
        print(f"without {NAMES[who]}: install the extra 'bench'", file=sys.stderr)
    return here


# Generated problems


def groups_of(
    sizes: Iterable[str],
    ratios: Sequence[float],
    seeds: Sequence[int],
    budgets: Sequence[float],
    who: Sequence[str],
) -> list[list[Case]]:
    """Those of one problem and budget together. XL is planned once, with the longest budget."""
    once = ratios[0], seeds[0], max(budgets)
    return [
        [Case(size, name, seconds, ratio, seed) for name in who]
        for size, ratio, seed, seconds in product(sizes, ratios, seeds, budgets)
        if size != "XL" or (ratio, seed, seconds) == once
    ]


def compare(groups: Iterable[list[Case]]) -> Results:
    print("Plans for generated teams: value (bound) on each level")
    print(_columns(["", "seconds", "first", "MB", *LEVEL_NAMES]))
    results: Results = {}
    for group in groups:
        print(f"{group[0].title}, {group[0].seconds:g} s")
        for case in group:
            results[case] = measured(case)
            print(_line(NAMES[case.who], results[case]), flush=True)
    return results


def _columns(cells: Sequence[str]) -> str:
    head, seconds, first, megabytes, *levels = cells
    figures = "".join(f"{cell:>{width}}" for cell, width in zip(levels, WIDTHS[1:], strict=True))
    return f"  {head:<{WIDTHS[0]}}{seconds:>8}{first:>8}{megabytes:>6}{figures}"


def _line(name: str, outcome: Outcome) -> str:
    levels = [_value(value, outcome.bounds.get(level)) for level, value in outcome.values.items()]
    cells = [name, f"{outcome.seconds:.2f}", f"{outcome.first:.3f}", str(outcome.megabytes), *levels]
    faults = f"  BROKEN: {outcome.faults[0]} ({len(outcome.faults)} faults)" if outcome.faults else ""
    return _columns(cells) + faults


def _value(value: int, bound: int | None) -> str:
    if bound is None:
        return f"{value:,}"
    return f"{value:,} =" if bound == value else f"{value:,} ({bound:,})"


def _judge(results: Results) -> None:
    """Ours beside each rival, levels compared in order."""
    for rival in WHO[1:]:
        verdicts: dict[str, list[str]] = {"better": [], "equal": [], "worse": []}
        for case, outcome in results.items():
            other = results.get(Case(case.name, rival, case.seconds, case.ratio, case.seed))
            if case.who == "ours" and other:
                verdict = "equal" if outcome.worth == other.worth else "worse"
                verdict = "better" if outcome.worth < other.worth or other.faults else verdict
                verdicts["worse" if outcome.faults else verdict].append(f"{case.title} {case.seconds:g} s")
        if any(verdicts.values()):
            counts = ", ".join(f"{verdict} {len(where)}" for verdict, where in verdicts.items())
            print(f"ours beside {NAMES[rival]}: {counts}", *verdicts["worse"], sep="\n  worse: ")


def _proofs() -> None:
    print("Seconds until every level of S is proven best")
    for who in filter(_is_here, ("ours", "highs", "cpsat")):
        runs = [measured(Case("S", who, PROOF_SECONDS, ratio, seed)) for ratio in RATIOS for seed in SEEDS]
        times = (f"{run.seconds:.2f}" if run.is_proven else f"not in {PROOF_SECONDS:g}" for run in runs)
        print(f"  {NAMES[who]:<14}{', '.join(times)}", flush=True)


# Published problems


def published(names: Sequence[str], budgets: Sequence[float]) -> None:
    print("Generalised assignment, published optimum and ours: cost (bound), jobs left over")
    print(f"  {'':<10}{'agents':>7}{'jobs':>6}{'published':>11}" + "".join(f"{s:>26g} s" for s in budgets))
    for name in names:
        known = gap.instances()[name]
        line = f"  {name:<10}{known.agents:>7}{known.jobs:>6}{known.optimum:>11,}"
        print(line, end="", flush=True)
        proven = False
        for seconds in budgets:
            if proven:
                print(f"{'proven':>28}", end="")
                continue
            outcome = measured(Case(name, "ours", seconds))
            proven = all(outcome.bounds.get(n) == outcome.values[n] for n in ("uncovered", "cost"))
            print(f"{_gap_cell(outcome, known.optimum):>28}", end="", flush=True)
        print()


def _gap_cell(outcome: Outcome, optimum: int) -> str:
    cost = _value(outcome.values["cost"], outcome.bounds.get("cost"))
    left = outcome.values["uncovered"] // 25
    above = f"{left} left" if left else f"{100 * (outcome.values['cost'] / optimum - 1):+.2f}%"
    return f"{cost} {above}{' BROKEN' if outcome.faults else ''}"


# Growth


def _plot(results: Results) -> None:
    """From S to XL: how long until there is a plan, and how much memory it takes. On logarithmic axes."""
    if find_spec("matplotlib") is None:
        print("no plot: install the extra 'bench'", file=sys.stderr)
        return
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (times, memory) = pyplot.subplots(1, 2, figsize=(10, 4), layout="constrained")
    longest = max(case.seconds for case in results)
    for who in WHO:
        same = [(c, o) for c, o in results.items() if c.who == who and c.seconds == longest]
        same = [(c, o) for c, o in same if (c.ratio, c.seed) == (RATIOS[0], SEEDS[0])]
        tasks = [outcome.tasks for _, outcome in same]
        began = "first plan" if who in ("ours", "greedy") else "model written down"
        times.plot(tasks, [o.ready for _, o in same], marker="o", label=f"{NAMES[who]}: {began}")
        memory.plot(tasks, [o.megabytes for _, o in same], marker="o", label=NAMES[who])
    times.set(title="Until it can begin to improve", xlabel="tasks", ylabel="seconds")
    memory.set(title=f"Most memory in {longest:g} s", xlabel="tasks", ylabel="megabytes")
    for axes in (times, memory):
        axes.set(xscale="log", yscale="log")
        axes.grid(alpha=0.3)
        axes.legend()
    figure.savefig(PLOT, dpi=110)
    print(f"how it grows: {PLOT.relative_to(Path.cwd()) if PLOT.is_relative_to(Path.cwd()) else PLOT}")


if __name__ == "__main__":
    run(sys.argv[1:])
