"""`python -m triplary` is the `triplary` command."""

from triplary.cli import main

main()
