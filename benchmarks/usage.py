"""Runs one command and prints what it cost.

A process of its own, and a small one: what a child is said to have held at most begins with what
its parent held, so the parent must not be the one that has loaded numpy.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys


def main() -> None:
    done = subprocess.run(  # noqa: S603 the benchmark's own command
        sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    if done.returncode:
        sys.exit(done.stderr.decode(errors="replace").strip())
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({"seconds": used.ru_utime + used.ru_stime, "maxrss": used.ru_maxrss}))


if __name__ == "__main__":
    main()
