"""States of schemes and reports in words, and while which states of a cycle reports are taken."""

from taizhang.apps.assessments.models import Cycle

SCHEME_STATES = {"proposed": "待批准", "approved": "已批准", "returned": "已退回", "superseded": "已被新版代替"}
REPORT_STATES = {"draft": "未签发", "signed": "待核验", "verified": "已核验", "returned": "已退回", "superseded": "已有新版"}
ANSWERS = {"value": "填数", "stage": "到哪一步", "not_yet": "暂无数据", "not_applicable": "不适用"}
# Runs that speak for nothing: sent back by who reviews, or let go of.
SILENT = ("sent_back", "released")
# Reports are taken, signed and verified until results are put up for review.
RUNNING = ("open", "implementing", "self_check", "on_site")


def is_running(cycle: Cycle) -> bool:
    """True while reports are taken."""
    return cycle.state in RUNNING
