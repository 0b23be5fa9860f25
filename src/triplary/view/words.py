"""The few words a drawing needs of its own, in each language it can be drawn in.

Labels of entities, classes and properties come with the data; these are the words around them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["LANGUAGES", "word"]

_ENGLISH: Final = {
    "other": "other classes",
    "other communities": "other communities",
    "no class": "without a class",
    "attributed to": "attributed to",
    "sentence": "sentence",
    "source": "Source",
    "sources": "Sources",
    "in words": "This drawing in words",
    "untitled": "A view of the graph",
    "alone": "Without an edge here",
    "version": "Version of the graph",
    "as of": "As of {date}.",
    "only": "Only {kind}: {names}.",
    "without": "Without {kind}: {names}.",
    "filter class": "class",
    "filter predicate": "relation",
    "filter graph": "source",
    "filter verdict": "verdict",
    "filter entity": "entity",
    "held": "from {begins} until {ends}",
    "held from": "from {begins}",
    "held until": "until {ends}",
    "range": "{property}: from {low} to {high}.",
    "range from": "{property}: from {low}.",
    "range to": "{property}: up to {high}.",
    "size": "Size: {measure}.",
    "measure degree": "number of edges here",
    "measure pagerank": "PageRank in the whole graph",
    "measure betweenness": "betweenness in the whole graph",
    "colour community": "Colour: community.",
    "undated": "Without a date: {count}",
    "shortened": "Empty years are shortened where the axis is broken.",
    "community": "Community of {names}",
    "timeline": "By date",
    "left out": "{count} more edges of these entities are not drawn.",
    "unnamed": "{count} edges end in a node without a name, which no query can ask for.",
    "unlabelled": "{count} names had no room; each is on its entity.",
    "described": "{nodes} entities and {edges} edges.",
    "title expand": "Around {names}",
    "title paths": "From {names}",
    "title compare": "{names}",
    "title rank": "First by {by}",
    "title opening": "The best connected entities",
    "title graph": "What the query found",
    "and": " and ",
    "to": " to ",
    "full stop": ".",
    "colon": ": ",
    "comma": ", ",
    "semicolon": "; ",
    "open": " (",
    "close": ")",
    "stated": "stated by a source",
    "wrong": "claim, wrong",
    "disputed": "claim, disputed",
    "doubtful": "claim, doubtful",
    "stale": "claim, stale",
    "imprecise": "claim, imprecise",
    "partly": "claim, partly right",
    "unverifiable": "claim, unverifiable",
    "not checkable": "claim, not checkable",
    "plausible": "claim, plausible",
    "supported": "claim, supported",
}

_CHINESE: Final = {
    "other": "其他类别",
    "other communities": "其他社群",
    "no class": "无类别",
    "attributed to": "出自",
    "sentence": "句",
    "source": "来源",
    "sources": "来源",
    "in words": "此图的文字版",
    "untitled": "图谱视图",
    "alone": "此处没有边",
    "version": "图谱版本",
    "as of": "截至 {date}。",
    "only": "只含{kind}：{names}。",
    "without": "不含{kind}：{names}。",
    "filter class": "类别",
    "filter predicate": "关系",
    "filter graph": "来源",
    "filter verdict": "核查结论",
    "filter entity": "实体",
    "held": "{begins} 至 {ends}",
    "held from": "{begins} 起",
    "held until": "至 {ends}",
    "range": "{property}：{low} 至 {high}。",
    "range from": "{property}：{low} 起。",
    "range to": "{property}：至 {high}。",
    "size": "大小：{measure}。",
    "measure degree": "图中边数",
    "measure pagerank": "全图的 PageRank",
    "measure betweenness": "全图的中介中心性",
    "colour community": "颜色：社群。",
    "undated": "无日期：{count}",
    "shortened": "坐标轴断开处省略了空白年份。",
    "community": "{names}所在社群",
    "timeline": "按日期",
    "left out": "这些实体另有 {count} 条边未画出。",
    "unnamed": "{count} 条边的一端没有名称，查询无法指明。",
    "unlabelled": "{count} 个名称因空间不足未显示，指向实体即可查看。",
    "described": "{nodes} 个实体，{edges} 条边。",
    "title expand": "{names}的周边",
    "title paths": "从{names}",
    "title compare": "{names}",
    "title rank": "按{by}排序",
    "title opening": "联系最多的实体",
    "title graph": "查询结果",
    "and": "与",
    "to": "到",
    "full stop": "。",
    "colon": "：",
    "comma": "，",
    "semicolon": "；",
    "open": "（",
    "close": "）",
    "stated": "来源直接陈述",
    "wrong": "论断：错误",
    "disputed": "论断：有争议",
    "doubtful": "论断：存疑",
    "stale": "论断：已过时",
    "imprecise": "论断：不准确",
    "partly": "论断：部分正确",
    "unverifiable": "论断：无法证实",
    "not checkable": "论断：不可核查",
    "plausible": "论断：可信",
    "supported": "论断：有依据",
}

LANGUAGES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {"en": MappingProxyType(_ENGLISH), "zh": MappingProxyType(_CHINESE)}
)
"""Every language with all its words; the keys are the same in each, VERDICTS among them."""


def word(key: str, language: str, **values: object) -> str:
    """The word for `key` in `language` (zh-CN counts as zh), in English where there is none.

    A verdict that is none of VERDICTS is its own word. `values` fill the word's places.

    >>> word("described", "en", nodes=12, edges=14)
    '12 entities and 14 edges.'
    """
    words = LANGUAGES.get(language.lower().split("-")[0], _ENGLISH)
    return words.get(key, key).format(**values) if values else words.get(key, key)
