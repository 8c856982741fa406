"""Codes as the words of the office, for tables that people open. A code without a word stays as it is."""

_WORDS = {
    "=": "＝", ">=": "≥", "<=": "≤", "~": "约", "growth": "增长", "decline": "下降", "pp_up": "提高", "pp_down": "降低",
    "rank<=": "位次不低于", "rank_up": "位次提高", "ratio": "比", "range": "区间",
    "target": "目标", "limit": "限额", "amount": "标准", "penalty": "罚则", "fact": "事实", "scope": "范围",
    "measured": "量化", "zero_event": "不得发生", "delegated": "待下达", "benchmark": "对标", "qualitative": "定性",
    "city": "全市", "area": "县（市、区）", "unit": "单位",
    "main": "正件", "carried": "所发文件", "annex": "附件",
    "error": "错误", "warning": "存疑", "note": "提示",
    "open": "未处理", "accepted": "保留原文", "deferred": "暂缓", "erratum": "已勘误",
    "print_counts": "印本", "erratum_counts": "勘误",
    "text": "文字", "value": "数值", "body": "机构", "points": "分值", "structure": "条款划分",
    "full": "全称", "short": "简称", "alias": "别称", "signboard": "加挂牌子",
    "found_title": "标题和文号", "found_target": "责任目标", "found_clause": "条文", "found_table": "表格", "found_body": "机构",
    "found_erratum": "勘误后的读法",
    "light_met": "已达成", "light_on_track": "按期推进", "light_at_risk": "需关注", "light_behind": "滞后",
    "light_not_due": "未到统计期", "light_unknown": "数据未知", "light_vetoed": "一票否决",
    "wait_not_reported": "未填报", "wait_not_verified": "未核验", "wait_missing": "暂无数据", "wait_unbound": "待绑定",
    "wait_weight_not_set": "分值未定", "wait_amount_not_set": "加减分未定", "wait_not_judged": "未评定", "wait_not_due": "未到期",
    "wait_result_not_approved": "另一考核的结果未审定",
    "notice_quarterly": "季度通报", "notice_result": "结果通报",
    "rectification_open": "待报方案", "rectification_planned": "整改中", "rectification_reported": "待核实",
    "rectification_verified": "已销号", "rectification_carried": "转入下年",
    "appeal_filed": "复核中", "appeal_upheld": "全部采纳", "appeal_partly_upheld": "部分采纳", "appeal_rejected": "不予采纳",
    "lead": "牵头", "support": "配合", "responsible": "责任",
}  # fmt: skip
_SHARE = {"share": "占比"}


def word(code: str) -> str:
    """The word for a code."""
    return _WORDS.get(code, code)


def relation(code: str) -> str:
    """How a figure relates to its metric."""
    return _SHARE.get(code) or word(code)
