"""Fuzzes one of `inputs.TARGETS` with atheris, which looks for bytes that lead to code it has not seen.

`python -m tests.hostile.fuzz TARGET -runs=1000 -seed=1`; all after the target is libFuzzer's.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["kg"]):
    import kg.config
    import kg.find
    import kg.judgements.file
    import kg.language
    import kg.link.file
    import kg.queries
    import kg.registers
    from tests.hostile.inputs import take


def main() -> None:
    """Give the target whatever bytes atheris makes."""
    assert kg.find and kg.language
    target = sys.argv[1]
    take(target, b"warm")
    atheris.Setup([sys.argv[0], *sys.argv[2:]], lambda data: take(target, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
