"""QR codes as text for a terminal. Importing this loads no Textual: the command line shows them too."""

from __future__ import annotations

BORDER = 2
"""Light cells around it. The norm asks for four; phones are content with two, and terminals are small."""
_INK = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}


def qr_rows(text: str, *, light: bool = False) -> list[str]:
    """The code in half blocks, two cells a row, its border included; ink is what is dark, or, with `light`,
    what is light: for terminals whose background is dark."""
    cells = _cells(text)
    if len(cells) % 2:
        cells.append([0] * len(cells[0]))
    ink = 1 if light else 0
    return [
        "".join(_INK[upper ^ ink, lower ^ ink] for upper, lower in zip(*pair, strict=True))
        for pair in zip(cells[::2], cells[1::2], strict=True)
    ]


def qr_ascii_rows(text: str) -> list[str]:
    """The code without any special sign: what is light is `##`, for dark terminals."""
    return ["".join("  " if dark else "##" for dark in row) for row in _cells(text)]


def _cells(text: str) -> list[list[int]]:
    """By row, 1 for dark. With the least correction: a screen has no stains, and a small code fits more."""
    import segno  # 20 ms

    code = segno.make(text, error="l", micro=False, boost_error=False)
    return [[int(bool(cell)) for cell in row] for row in code.matrix_iter(border=BORDER)]
