"""Pictures of the graph: a network, a timeline, meetings per month, offices over time; each with its table.

queries/     what each picture shows, as SPARQL with the header of a stored query
specs/       how it is drawn: Vega and Vega-Lite
pictures.py  a table becomes a picture: shortened to what can be read, with a note on what is left out
drawing.py   a picture becomes SVG or PNG
"""

from kg.plots.drawing import FORMATS, png, svg
from kg.plots.pictures import KINDS, Picture, Shown, empty, found, parameters, picture

__all__ = ["FORMATS", "KINDS", "Picture", "Shown", "empty", "found", "parameters", "picture", "png", "svg"]
