"""Step 9: the graph over HTTP: the SPARQL 1.1 protocol, the stored queries as an API, IRIs that answer.

site.py         what every part is given: settings, workers, base
app.py          puts the parts together; `server.py` runs them
endpoint.py     /sparql           protocol.py reads requests, description.py describes the service
api.py          /api/queries      openapi.py describes it
nodes.py        /person/… and so on, /data/…, /page/…   pages.py writes the pages
negotiation.py  Accept headers
pool.py         worker processes, ended at their deadline; worker.py is such a process
tasks.py        what a worker can do: answers.py, stored.py, entities.py
"""
