"""`python -m bench [NAME …] [options]`: what is promised about speed, measured on this machine. No name: all."""

from __future__ import annotations

import importlib
import sys

BENCHES = ("engine", "city", "network")


def main(args: list[str]) -> int:
    """Names first; what follows them goes to each bench named. The worst exit code."""
    names = [name for name in args if name in BENCHES]
    rest = [word for word in args if word not in BENCHES]
    strange = [word for word in rest[:1] if not word.startswith("-")]
    if strange or (rest and len(names) != 1):
        print(
            f"python -m bench [{'] ['.join(BENCHES)}]; options need one name, e.g. engine --persons 100000",
            file=sys.stderr,
        )
        return 2
    return max(importlib.import_module(f"bench.{name}").main(rest) for name in names or BENCHES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
