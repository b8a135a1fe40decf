"""A picture as SVG or PNG, by vl-convert: Vega without a browser and without a network."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.plots.pictures import Picture

_SCALE = 2.0
"""Pixels of a PNG for each of the picture's units."""


def svg(picture: Picture) -> bytes:
    """The picture as SVG, the same bytes each time."""
    import vl_convert

    convert = vl_convert.vega_to_svg if picture.vega else vl_convert.vegalite_to_svg
    return str(convert(picture.spec, allowed_base_urls=[])).encode()


def png(picture: Picture) -> bytes:
    """The picture as PNG, at twice its size."""
    import vl_convert

    convert = vl_convert.vega_to_png if picture.vega else vl_convert.vegalite_to_png
    return bytes(convert(picture.spec, scale=_SCALE, allowed_base_urls=[]))


FORMATS: Mapping[str, tuple[str, Callable[[Picture], bytes]]] = {
    "svg": ("image/svg+xml", svg),
    "png": ("image/png", png),
}
"""The formats of pictures: media type, and what writes it."""
