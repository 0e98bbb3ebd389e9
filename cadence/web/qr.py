"""An address as a picture that a phone reads."""

from __future__ import annotations


def qr_svg(text: str) -> str:
    """The QR code of a text as an inline SVG: dark on light, whatever the colours of the page, for many
    readers know nothing else; with the quiet zone of four modules (ISO/IEC 18004) around it.

    It is made of numbers and colours only, the text is not in it. Whoever shows it says what it is.
    """
    import segno  # 35 ms that the first page pays, not the start of the server

    drawn = segno.make_qr(text, error="m").svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return drawn.replace("<svg ", '<svg aria-hidden="true" ', 1)
