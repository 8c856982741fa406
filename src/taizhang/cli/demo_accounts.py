"""The accounts of the demo. Their password stands in this file for all to read, so `taizhang check --deploy` refuses them."""

PASSWORD = "shi-yong-tai-zhang"
EDITOR = "bianji"
REVIEWER = "shenhe"
OFFICE = "kaohe"
COLLEAGUE = "fuhe"
LEADING_GROUP = "lingdao"
# Username: name that colleagues read, roles; a role that acts for one body names it.
ACCOUNTS = {
    EDITOR: ("公报编辑（试用）", ("editor",)),
    REVIEWER: ("公报审核（试用）", ("reviewer",)),
    OFFICE: ("考核办（试用）", ("assessment_office",)),
    COLLEAGUE: ("考核办复核（试用）", ("assessment_office",)),
    LEADING_GROUP: ("领导小组（试用）", ("leading_group",)),
    "tianbao": ("填报人·教育局（试用）", ("reporter:education",)),
    "qianfa": ("签发人·教育局（试用）", ("signer:education",)),
    "heyan": ("核验人·统计局（试用）", ("verifier:statistics",)),
    "ducha": ("核验人·政府办（试用）", ("verifier:city-government-office",)),
    "shenji": ("审计（试用）", ("auditor",)),
    "guanli": ("系统管理员（试用）", ("administrator",)),
}
# Who acts in the simulated year for bodies without an account of their own; nobody can log in with these.
STAND_INS = {"reporter": "moni-tianbao", "signer": "moni-qianfa", "verifier": "moni-heyan", "tier_office": "moni-benji"}
STAND_IN_NAMES = {
    "reporter": "模拟填报人",
    "signer": "模拟签发人",
    "verifier": "模拟核验人",
    "tier_office": "模拟本级考核机构",
}
