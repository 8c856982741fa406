"""The accounts of the demo. Their password stands in this file for all to read, so `taizhang check --deploy` refuses them."""

PASSWORD = "shi-yong-tai-zhang"
EDITOR = "bianji"
REVIEWER = "shenhe"
# Username: name that colleagues read, roles.
ACCOUNTS = {
    EDITOR: ("公报编辑（试用）", ("editor",)),
    REVIEWER: ("公报审核（试用）", ("reviewer",)),
    "kaohe": ("考核办（试用）", ("assessment_office",)),
    "shenji": ("审计（试用）", ("auditor",)),
    "guanli": ("系统管理员（试用）", ("administrator",)),
}
