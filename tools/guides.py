"""Writes the README's table of guides: `python -m tools.guides`."""

from __future__ import annotations

from pathlib import Path

from cadence.cli.guides import FOLDER, GUIDES

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BEGIN, END = "<!-- guides: begin -->\n", "<!-- guides: end -->"


def table() -> str:
    folder = FOLDER.relative_to(ROOT).as_posix()
    rows = [
        f"| [{guide.title}]({folder}/{topic}.md) | {guide.about} | `{topic}` |"
        for topic, guide in GUIDES.items()
    ]
    return "\n".join(["| guide | about | topic |", "|---|---|---|", *rows]) + "\n"


def main() -> None:
    before, rest = README.read_text("utf-8").split(BEGIN)
    _, after = rest.split(END)
    README.write_text(f"{before}{BEGIN}{table()}{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
