"""Invented notices that set targets, for the tests of sheets and clauses."""

from taizhang.engines.gazette import read_issue
from taizhang.engines.targets import Clause, Item, Sheet, TargetsReading, read_targets

NOTICE = """明溪市人民政府关于下达2024年度责任目标的通知
明政〔2024〕5 号
各县(市、区)人民政府,市政府各部门:
现将2024年度经济社会发展目标和责任目标印发给你们,请抓好落实。
明溪市人民政府
2024年2月18日
2024 年明溪市经济社会发展目标
一、经济发展
1.地区生产总值增长6% ;
2.粮食总产量 12 亿斤,完成省下达的大豆扩种任务;
二、民生改善
3.城镇新增就业 2.4 万人。
各县(市、区)和市直单位责任目标
一、共同性目标
由市考核办另行印发。
二、业务工作责任目标(800 分)。具体如下:
各县(市、区)目标
青川县
(一)经济发展
1.地区生产总值增长6.5%;
2.粮食总产量 5 亿斤;
(二)前置类扣分因素
3.不发生重特大安全生产事故。
临水区
(一)经济发展
1.地区生产总值增长5.8%;
2.粮食总产量 3 亿斤;
(二)前置类扣分因素
3.不发生重特大安全生产事故。
高新技术产业开发区
(一)经济发展
1.地区生产总值增长9%;
(二)前置类扣分因素
2.不发生重特大安全生产事故。
市直单位责任目标
市水利局
(一)重点目标(600 分)
1.新建小型水库 3 座,除险加固 12 座(400 分);
2.万元工业增加值用水量下降4%(200 分);
(二)一般目标(200分)
3.完成市政府下达的防汛工作
目标任务(150分);
4.举办节水宣传活动 6 次(50分)。
市教育局(一)重点目标(600分)
1.新建幼儿园 8 所(600分);
(二)一般目标(200分)
2.教师培训合格率达 98%(200分)。
明溪车务段
(一)重点目标(600分)
1.全年旅客发送量 210 万人次(600分);
(二)一般目标(200分)
2.做好春运安全保障工作(200分)。
市盐业公司
1.加强安全管理,不发生责任事故(800分)。
"""


def reading(text: str) -> TargetsReading:
    return read_targets(read_issue(text))


def sheets(text: str) -> dict[str, Sheet]:
    return {sheet.unit: sheet for sheet in reading(text).sheets}


def items(sheet: Sheet) -> list[Item]:
    return [item for group in sheet.groups for item in group.items]


def clause(text: str, opening: str) -> Clause:
    """The one clause that opens with these words."""
    (found,) = [c for c in reading(text).clauses if c.text.startswith(opening)]
    return found


def policy(*body: str) -> str:
    """A plain scheme with these lines as its clauses."""
    return "\n".join(("明溪市重点工作实施方案", *body))
