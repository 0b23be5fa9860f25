"""The shapes of the API's answers, for OpenAPI and the TypeScript types made from it.

`verbs` has those of the verbs that find and draw, `research` those of the workbench.
"""

from triplary.server.models.research import (
    CapsuleRequest,
    CodeAnswer,
    CodesAnswer,
    CompleteAnswer,
    DoctorAnswer,
    DoctorRequest,
    LabelsAnswer,
    LabelsRequest,
    OutlineAnswer,
    OutlineRequest,
    SchemaAnswer,
)
from triplary.server.models.verbs import (
    CompareAnswer,
    DescribeAnswer,
    DrawnAnswer,
    ExpandAnswer,
    GraphAnswer,
    PathsAnswer,
    Problem,
    QueriesAnswer,
    RankAnswer,
    SearchAnswer,
    ShortAnswer,
    Strict,
    ViewJson,
)

__all__ = [
    "CapsuleRequest",
    "CodeAnswer",
    "CodesAnswer",
    "CompareAnswer",
    "CompleteAnswer",
    "DescribeAnswer",
    "DoctorAnswer",
    "DoctorRequest",
    "DrawnAnswer",
    "ExpandAnswer",
    "GraphAnswer",
    "LabelsAnswer",
    "LabelsRequest",
    "OutlineAnswer",
    "OutlineRequest",
    "PathsAnswer",
    "Problem",
    "QueriesAnswer",
    "RankAnswer",
    "SchemaAnswer",
    "SearchAnswer",
    "ShortAnswer",
    "Strict",
    "ViewJson",
]
