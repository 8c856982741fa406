"""The codes of measures and items in words, for tables that people read; contracts keep the codes."""

from taizhang.cli.language import tr

_RELATIONS = {
    ">=": "≥",
    "<=": "≤",
    "~": "约",
    "growth": "增长",
    "decline": "下降",
    "share": "占比",
    "pp_up": "提高",
    "pp_down": "降低",
    "rank<=": "位次不低于",
    "rank_up": "位次提高",
    "ratio": "比",
    "range": "区间",
}
_ROLES = {"target": "目标", "limit": "限额", "amount": "标准", "penalty": "罚则", "fact": "事实", "scope": "范围"}
_MODALITIES = {"binding": "未注明", "expected": "预期", "strive": "力争", "required": "必须"}
_KINDS = {"measured": "量化", "zero_event": "不得发生", "delegated": "待下达", "benchmark": "对标", "qualitative": "定性"}


def relation_word(code: str | None) -> str:
    """How a figure relates to its metric; a code without a word stays as it is."""
    return tr(_RELATIONS.get(code, code)) if code else ""


def role_word(code: str) -> str:
    """What a figure is for."""
    return tr(_ROLES.get(code, code))


def modality_word(code: str) -> str:
    """How firmly it is asked for."""
    return tr(_MODALITIES.get(code, code))


def kind_word(code: str) -> str:
    """What sort of duty an item, or of figure a measure without value, is."""
    return tr(_KINDS.get(code, code))
