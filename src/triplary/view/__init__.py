"""The View and what it is made of: places from one seeded layout, colours, shapes, lines, words."""

from triplary.view.view import View, make

__all__ = ["View", "make"]
