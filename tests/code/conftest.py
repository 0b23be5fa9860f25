"""A server to ask."""

from rooms.server.conftest import live

__all__ = ["live"]
