"""The ontology as a page for people, which pyLODE makes from `ontology/whomet.ttl`."""

from __future__ import annotations

import json
import logging
import re

from kg.data import folder
from kg.errors import UsageError

_DATA = re.compile(r'(<script[^>]*type="application/ld\+json"[^>]*>)(.*?)(</script>)', re.S)


def page() -> str:
    """The page as HTML, which needs nothing else to be shown.

    Raises UsageError where pyLODE is not installed.
    """
    before = logging.root.level, logging.root.handlers[:]
    try:
        from pylode import OntPub  # sets up logging for everybody when it is imported
    except ImportError as error:
        raise UsageError(f"ontology: pyLODE is missing ({error}); install it: pip install 'whomet[docs]'") from error
    finally:
        logging.root.setLevel(before[0])
        logging.root.handlers[:] = before[1]
    import rdflib

    ontology = rdflib.Graph().parse(folder("ontology") / "whomet.ttl")
    ontology.remove((None, rdflib.RDF.type, rdflib.SKOS.ConceptScheme))  # each would be taken for the ontology itself
    made = OntPub(ontology).make_html()
    return _DATA.sub(lambda found: found[1] + _in_order(found[2]) + found[3], str(made))


def _in_order(data: str) -> str:
    """The page's own description, whose nodes come in another order each time, in one order."""
    nodes = json.loads(data)
    if isinstance(nodes, list):
        nodes.sort(key=lambda node: str(node.get("@id")))
        for node in nodes:
            for values in node.values():
                if isinstance(values, list):
                    values.sort(key=str)
    return "\n" + json.dumps(nodes, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
