"""Where visitors reach this server: what absolute addresses in answers begin with."""

from starlette.requests import Request

from triplary.server.settings import Settings

__all__ = ["public"]


def public(request: Request) -> str:
    """The setting `public_url`, else the address as the visitor asked; no slash at its end."""
    settings: Settings = request.app.state.settings
    return (settings.public_url or str(request.base_url)).rstrip("/")
