"""Chinese words for stored states, kinds and steps, in one place for refusals, notices and pages."""

CYCLE_STATES = {
    "preparing": "筹备",
    "open": "进行中",
    "implementing": "已印发实施细则、成立考核组",
    "self_check": "已自查",
    "on_site": "已实地考核",
    "proposed": "已提出结果",
    "reviewed": "已复核",
    "approved": "已审定",
    "published": "已公布",
    "final": "已定案",
}
STEPS = {
    "open": "开始考核",
    "rules_issued": "印发实施细则",
    "group_named": "成立考核组",
    "self_check": "完成自查",
    "on_site": "完成实地考核",
    "third_party": "收到第三方评估和公众问卷",
    "proposed": "提出结果",
    "reviewed": "复核结果",
    "approved": "审定结果",
    "sent_back": "退回结果",
    "published": "公布结果",
    "final": "定案",
}
RUN_STATES = {
    "provisional": "试算",
    "proposed": "已提出",
    "reviewed": "已复核",
    "approved": "已审定",
    "final": "已定案",
    "sent_back": "已退回",
    "released": "已清理",
}
RECORD_STATES = {"recorded": "已记录", "confirmed": "已确认", "withdrawn": "已撤回"}
SOURCES = {"work_record": "工作记录", "spot_check": "随机抽查", "special_check": "专项检查"}
NOTICE_STATES = {"draft": "草稿", "issued": "已印发", "discarded": "已作废"}
NOTICE_KINDS = {"quarterly": "季度通报", "result": "结果通报"}
APPEAL_STATES = {"filed": "复核中", "upheld": "全部采纳", "partly_upheld": "部分采纳", "rejected": "不予采纳"}
RECTIFICATION_STATES = {
    "open": "待报方案",
    "planned": "整改中",
    "reported": "待核实",
    "verified": "已销号",
    "carried": "转入下年",
}
AMENDMENT_STATES = {"proposed": "待批", "approved": "已批准", "refused": "未批准"}
DECISIONS = {"value": "按此数计", "stage": "按此档计", "not_applicable": "不适用", "no_points": "不计分", "left_open": "本年不计"}
