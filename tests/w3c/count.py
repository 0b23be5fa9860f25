"""Measures the endpoint by the W3C's tests, prints the counts and writes them: `make w3c`."""

import json
import sys

from w3c.known import KNOWN
from w3c.measure import COUNTS, measure, table


def main() -> None:
    """Print the table, and what fails without being known; write counts.json."""
    measured = measure()
    counts = {name: section.counts() for name, section in measured.items()}
    COUNTS.write_text(json.dumps(counts, indent=2) + "\n", "utf-8")
    sys.stdout.write(table(counts) + "\n")
    for section in measured.values():
        for id, wrong in section.ours.items():
            if wrong and id not in KNOWN:
                sys.stdout.write(f"{id}: {wrong}\n")


if __name__ == "__main__":
    main()
