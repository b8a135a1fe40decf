"""What can go wrong, as one tree.

    KgError                 anything that kg itself reports; exit code 1
    ├── UsageError          a command or call that cannot be carried out as given; exit code 2
    ├── DataError           a file of ours or of the user's that breaks its format
    ├── DocumentError       one document that cannot be read; the build goes on without it
    │   ├── LibraryError    one whose format needs a library that is not installed
    │   └── LimitError      one that is too large, or takes too long
    ├── ModelError          a language model that is missing or does not fit
    ├── StoreError          a store that cannot be opened, read or written
    ├── EndpointError       a server elsewhere that does not answer as it should
    └── QueryError          a query that is unknown, malformed or lacks a parameter

Every message names the file and place, says what is wrong and what to do.
"""

from __future__ import annotations


class KgError(Exception):
    """Base class of every error that kg reports without a traceback."""

    exit_code = 1


class UsageError(KgError):
    """A command or call that cannot be carried out as given."""

    exit_code = 2


class DataError(KgError):
    """A word list, ontology, query, mapping or list of sources that breaks its format."""


class DocumentError(KgError):
    """One document that cannot be read; a build reports it and goes on."""


class LibraryError(DocumentError):
    """A document whose format needs a library that is not installed; the message says how to install it."""


class LimitError(DocumentError):
    """One document that is larger than it may be, or takes longer; a build reports it and goes on."""


class ModelError(KgError):
    """A language model that is missing or does not fit."""


class StoreError(KgError):
    """A store that cannot be opened, read or written."""


class EndpointError(KgError):
    """A server elsewhere that cannot be reached, or does not answer as it should."""


class QueryError(KgError):
    """A query that is unknown, malformed or lacks a parameter."""

    exit_code = 2
