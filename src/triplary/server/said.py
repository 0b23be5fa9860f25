"""The words of templates/said.html that depend on what is said."""

from collections.abc import Callable, Mapping
from typing import Any

from triplary.view.sentences import held

__all__ = ["worded"]

Group = Mapping[str, Any]
Translate = Callable[..., str]


def worded(entity: str, language: str, t: Translate) -> dict[str, Any]:
    """What the template calls: heading and conflict of a group, and the time a fact held.

    >>> worded("Baidu", "en", lambda key, **values: key)["conflict"]({"facts": []})
    'details.conflict'
    """

    def heading(group: Group) -> str:
        """What the facts are called: an arriving relation as it reads from the entity."""
        label = str(group["label"])
        if not group["inverse"] or group["inverseLabel"]:
            return str(group["inverseLabel"]) if group["inverse"] else label
        if "…" in label:
            return label.replace("…", entity)
        return t("details.arriving", relation=label, entity=entity)

    def conflict(group: Group) -> str:
        """What is said over facts in conflict: that claims are wrong, or that sources differ."""
        verdicts = [fact["verdict"] for fact in group["facts"]]
        for verdict in ("wrong", "disputed"):
            if count := verdicts.count(verdict):
                return t(f"details.{verdict}", count=count)
        if len(verdicts) > 1:
            return t("details.sides", count=len(verdicts))
        return t("details.conflict")

    return {
        "heading": heading,
        "conflict": conflict,
        "held": lambda span: held(span[0], span[1], language),
    }
