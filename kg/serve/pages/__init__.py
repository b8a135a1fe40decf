"""Pages for people, written on the server and readable without scripts.

routes.py      addresses; answers that have not changed are not made again
task.py        which page an address means: lists.py, nodes.py, document.py, asking.py
reader.py      what a page reads: facts from the graph (facts.py, dates.py), lists from the index (kg.search)
sections.py    lists of facts on a page, also as CSV and JSON
pictures.py   networks, timelines and so on, drawn by kg.plots
marking.py     a text with marks that overlap
links.py       addresses inside the site, relative to each page
rendering.py   the templates in kg/serve/templates
files.py       all pages as files that any web server can host
"""
