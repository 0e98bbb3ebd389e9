"""How far apart colours are, for all eyes: `python -m tools.colours` prints the table of the decision.

Eyes that lack one kind of cone are simulated as Machado, Oliveira and Fernandes (2009) do for severity 1;
distances are those of OKLab, in hundredths of the way from black to white.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import dist

from cadence.user.palettes import ACCENTS, OURS, contrast, linear

Matrix = tuple[tuple[float, float, float], ...]

EYES: Mapping[str, Matrix] = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What each kind of eye makes of red, green and blue light."""
_CONES: Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_OKLAB: Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def seen(colour: str, eyes: str) -> tuple[float, ...]:
    """Where `#rrggbb` lies in OKLab, as somebody with these eyes sees it; lightness from 0 to 100."""
    light = [min(1.0, max(0.0, part)) for part in _times(EYES[eyes], linear(colour))]
    return tuple(100 * part for part in _times(_OKLAB, [part ** (1 / 3) for part in _times(_CONES, light)]))


def _times(matrix: Matrix, vector: Sequence[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def least_distance(colours: Sequence[str], eyes: str) -> float:
    """Between the two that are nearest to each other."""
    places = [seen(colour, eyes) for colour in colours]
    return min(dist(one, other) for one, other in combinations(places, 2))


def main() -> None:
    """The table, as Markdown."""
    print("| theme |", " | ".join(EYES), "| least contrast on the background |")
    print("|---" * (len(EYES) + 2) + "|")
    for theme in OURS.values():
        if not theme.is_terminal:
            colours = [theme.colours[accent] for accent in ACCENTS]
            distances = (f"{least_distance(colours, eyes):.1f}" for eyes in EYES)
            least = min(contrast(colour, theme.colours["background"]) for colour in colours)
            print(f"| `{theme.name}` |", " | ".join(distances), f"| {least:.1f} |")


if __name__ == "__main__":
    main()
