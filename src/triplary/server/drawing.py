"""What requests carry: the graph and the language, and, for a picture, its recipe and its look."""

from typing import Annotated, Any, Final

from fastapi import Depends, Query, Request, Response
from fastapi.responses import JSONResponse

from triplary import render
from triplary.errors import BadParameter, NotFound
from triplary.kg import Found, KnowledgeGraph, Picture, recipe
from triplary.server.settings import Settings
from triplary.server.telling import Teller
from triplary.server.words import LANGUAGES

__all__ = ["Asked", "Drawn", "Language", "Shown"]

_FILE_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self';"
    " sandbox allow-top-navigation-by-user-activation allow-popups"
)
"""For a file that a view is saved as: a drawing may style itself; it may run and fetch nothing."""

Language = Annotated[str, Query(description="language of labels and words: en or zh")]
_Texts = tuple[str, ...]


class Asked:
    """What every request to a verb carries: the graph, the settings, and the language."""

    def __init__(self, request: Request, language: Language = "en") -> None:
        """Refuse a language there is not."""
        if language not in LANGUAGES:
            raise BadParameter("language", language, f"it is one of {', '.join(LANGUAGES)}")
        self.kg: KnowledgeGraph = request.app.state.kg
        self.settings: Settings = request.app.state.settings
        self.language = language
        self.teller = Teller(self.kg.index, language)

    def limit(self, wanted: int | None, setting: int) -> int:
        """The limit asked for; the setting where none is. Raises BadParameter out of range."""
        if wanted is not None and not 1 <= wanted <= self.settings.view_nodes:
            raise BadParameter("limit", wanted, f"from 1 to {self.settings.view_nodes}")
        return wanted or setting


class Shown:
    """What is opened in a picture, in order, and what it may show.

    Values led by `-` are left out; where there are others, only these are shown.
    """

    def __init__(
        self,
        open: Annotated[
            _Texts,
            Query(
                description="entities to open in it, in order: NAME, or NAME,RELATION,COUNT with"
                " ^RELATION for edges that arrive; again for the next helping",
                max_length=500,
            ),
        ] = (),
        classes: Annotated[
            _Texts,
            Query(alias="class", description="entities of a class (or below); -NAME: none of it"),
        ] = (),
        predicate: Annotated[
            _Texts, Query(description="follow edges of a property; -NAME: none of it")
        ] = (),
        graph: Annotated[
            _Texts,
            Query(description="follow edges that a named graph says; -NAME: that others say"),
        ] = (),
        verdict: Annotated[
            _Texts, Query(description="follow edges with a verdict, or stated; -VERDICT: without")
        ] = (),
        range: Annotated[
            _Texts, Query(description="PROPERTY,LOW,HIGH: numbers or dates; an end may be empty")
        ] = (),
        as_of: Annotated[
            str, Query(alias="as-of", description="what there was in a year, in a month, on a day")
        ] = "",
        without: Annotated[_Texts, Query(description="entities to hide", max_length=5_000)] = (),
        only: Annotated[
            _Texts, Query(description="entities to show, and no others", max_length=5_000)
        ] = (),
    ) -> None:
        """Keep the words; the verb makes sense of them."""
        self.drawing: recipe.Drawing = {
            "open": open, "classes": classes, "predicates": predicate, "graphs": graph,
            "verdicts": verdict, "ranges": range, "as_of": as_of, "without": without, "only": only,
        }  # fmt: skip


class Drawn(Asked):
    """What a request for a view carries: its recipe, how it looks, and nodes that were moved."""

    def __init__(
        self,
        request: Request,
        shown: Annotated[Shown, Depends()],
        language: Language = "en",
        title: Annotated[
            str,
            Query(description="title of the view; one is made where it is empty", max_length=200),
        ] = "",
        limit: Annotated[
            int | None, Query(description="entities of the picture, or of each helping, at most")
        ] = None,
        size: Annotated[
            str, Query(description="degree (in the picture), pagerank or betweenness (in all)")
        ] = "degree",
        color: Annotated[str, Query(description="class or community")] = "class",
        layout: Annotated[str, Query(description="force, hierarchy, circle or timeline")] = "force",
        at: Annotated[
            _Texts,
            Query(
                description="NAME,x,y: where a node stands, in pixels; NAME,x,y,loose: unpinned",
                max_length=5_000,
            ),
        ] = (),
    ) -> None:
        """Read the file suffix, if the path has one."""
        super().__init__(request, language)
        self.suffix: str = request.path_params.get("suffix", "")
        self.title, self.at = title, at
        self.look = {"size": size, "color": color, "layout": layout}
        self.base = self.settings.public_url or str(request.base_url).rstrip("/")
        self.wanted = limit
        self.helping = self.limit(limit, self.settings.expand_nodes)
        self.drawing: recipe.Drawing = {"helping": self.helping, **shown.drawing}

    def picture(self, found: Found) -> Picture:
        """The view of what was found, with moved nodes where they were put."""
        if len(found) > self.settings.view_nodes:
            raise BadParameter(
                "limit", f"{len(found):,} nodes",
                f"a view holds {self.settings.view_nodes:,} at most",
                hint="open fewer entities, lower limit, or filter",
            )  # fmt: skip
        return found.view(
            title=self.title or found.title(self.language),
            language=self.language,
            pinned=dict(recipe.placed(self.kg.entity, each) for each in self.at),
            loose=recipe.loose(self.kg.entity, self.at),
            base=self.base if self.suffix else "",
            **self.look,
        )

    def answer(self, found: Found, picture: Picture, **more: Any) -> Response:
        """The view and what goes with it as JSON; with a suffix, the view as that file."""
        if not self.suffix:
            told = {"view": picture.to_json(), **self.teller.filtering(found), **more}
            return JSONResponse(told)
        face = render.FORMATS.get("." + self.suffix)
        if face is None:
            raise NotFound("format", "." + self.suffix, tuple(render.FORMATS))
        headers = {"Content-Security-Policy": _FILE_POLICY}
        if face.suffix == ".html":
            # The page carries its own script: it is for a reader's disk, not for this origin.
            headers["Content-Disposition"] = f'attachment; filename="{picture.verb}.html"'
        data = render.render(picture, self.suffix)
        return Response(data, media_type=face.media_type, headers=headers)
