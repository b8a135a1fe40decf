"""The tables of the index for pages: what stands in each, and what its numbers and words mean."""

from __future__ import annotations

from kg.sidecar import PERIOD

SCHEMA = f"""{PERIOD}
CREATE TABLE state (format INTEGER, revision TEXT);
CREATE TABLE node (id INTEGER PRIMARY KEY, path TEXT UNIQUE, kind TEXT, label TEXT, sort TEXT, day TEXT, status TEXT,
    detail TEXT, mentions INTEGER, documents INTEGER);
CREATE TABLE name (id INTEGER PRIMARY KEY, node INTEGER, name TEXT, folded TEXT);
CREATE TABLE part (node INTEGER, relation TEXT, fact INTEGER, day TEXT);
CREATE TABLE span (document INTEGER, first INTEGER, last INTEGER, what TEXT, node INTEGER);
CREATE VIRTUAL TABLE gram USING fts5(folded, content='', tokenize='trigram', detail=none);
"""
WORDS = "CREATE VIRTUAL TABLE {} USING fts5(text, tokenize='porter unicode61 remove_diacritics 2')"
WORDY = {"statement": "said", "occasion": "reported", "document": "titled"}
"""The kinds of nodes that are found by words, and the table of each; a row bears its node's number."""
INDEXES = """
CREATE INDEX node_sort ON node (kind, sort, id);
CREATE INDEX node_day ON node (kind, day, id);
CREATE INDEX node_mentions ON node (kind, mentions, id);
CREATE INDEX name_folded ON name (folded);
CREATE INDEX name_node ON name (node);
CREATE INDEX part_node ON part (node, relation, day, fact);
CREATE INDEX part_fact ON part (fact, relation);
CREATE INDEX period_latest ON period (latest, earliest);
CREATE INDEX span_document ON span (document, first);
CREATE INDEX span_node ON span (node, what, document);
ANALYZE;
"""
STEP = 1 << 20
"""Nodes are numbered in the order of their paths, with so much room between two for those that come later."""
KINDS = {
    "Person": "person",
    "Party": "party",
    "Organisation": "organisation",
    "Place": "place",
    "AnonymousSource": "source",
    "Document": "document",
    "Occasion": "occasion",
    "Statement": "statement",
    "Tenure": "tenure",
    "Office": "office",
}
CONCEPTS = ("role", "form", "medium")
"""The folders of concepts; a concept's kind is its folder."""
