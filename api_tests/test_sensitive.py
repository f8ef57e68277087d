"""Sensitive terms as shipped: what editors were wrongly stopped for elsewhere, and what must not pass here."""

from __future__ import annotations

import pytest

from api_tests.terms_kit import found
from app.engine import Engine
from detectors.kernel.finding import Category, Severity

SENSITIVE = frozenset({Category.SENSITIVE})


@pytest.mark.parametrize(
    "sentence",
    [
        "女儿给母亲买了一件女装，家里正在装修。",
        "三黄片说明书请放在药盒内，三黄片下载的说明书与纸质版一致。",
        "中国共产党的领导是最本质的特征。",
        "宝鸡巴士公司调整3路公交线路。",
        "证书颁发日期为20100506，有效期五年。",
        "The grass is green; the bus is late.",
        "志愿者陆家容被评为先进个人，以颜值吸引游客不如以服务留住游客。",
        "开展系统测试，加强安全管理。",
        "小品《你在干嘛》获得好评。",
        "台湾当局领导人的错误言论遭到各界批评。",
        "国家级经济技术开发区生产总值增长百分之六。",
        "最高人民法院、最高人民检察院联合发布司法解释，提高最低生活保障标准。",
        "执行的标准是SB/T 10379，加装13部电梯，其他TMD由厂家更换，仿真NB模组合格。",
        "一区二区三区在线监测，亚洲无码头国家经济平稳，最新澳门资料汇编出版。",
        "执行NB/T 14001和SB/T 10000，元素Nb、Sb含量合格，安装TMD阻尼器。",
        "镇里选派大学生村官，蒙古人民党代表团来访，中澳两国深化合作。",
        "延邊朝鮮族自治州舉辦民俗文化節。",
    ],
)
def test_what_other_tools_wrongly_report_is_left_alone(engine: Engine, sentence: str) -> None:
    assert found(engine, sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "公安部部署开展打击治理跨境网络赌博专项行动，关停博彩平台一百二十个。",
        "境外博彩网站以高额返利为诱饵吸引公民下注。",
        "澳门特别行政区政府公布博彩业统计数据。",
        "代孕侵犯妇女权益，违背公序良俗。",
        "严禁代孕，查处代孕套餐广告。",
        "防范刷单诈骗，做到不轻信、不转账。",
        "社区民警讲解诚招刷单、日赚三百的套路。",
        "清理“办证刻章”小广告三千余条。",
        "政务服务大厅为新办企业提供刻章、办证一站式服务。",
        "税务机关为小规模纳税人代开发票。",
        "网站被植入同城约炮等色情链接，主办单位应立即断网处置。",
        "出借账户为幸运飞艇等赌博网站转账的，将被追究责任。",
        "裸聊敲诈案发量上升，请市民提高防范意识。",
        "学校严查专业代写论文行为。",
        "社区清除印有三退保平安字样的传单。",
    ],
)
def test_a_report_on_fighting_crime_is_no_solicitation(engine: Engine, sentence: str) -> None:
    assert found(engine, sentence, categories=SENSITIVE) == []


@pytest.mark.parametrize(
    "injected",
    [
        "皇冠博彩平台官网，注册送彩金，提款秒到账",
        "亚洲无码在线观看，免费黄片下载",
        "正规代孕公司官网，代孕包成功，包性别",
        "专业办证刻章，立等可取",
        "代开各类发票，点数优惠",
        "诚招刷单员，日赚三百",
        "香港六合彩开奖，一肖中特",
        "黑户贷款，当天放款",
    ],
)
def test_a_solicitation_injected_into_a_page_is_found_and_offered_for_deletion(
    engine: Engine, injected: str
) -> None:
    findings = engine.check(f"我县召开春季造林动员会。\n{injected}\n会后现场观摩。").findings

    assert findings
    assert {finding.replacements for finding in findings} == {("",)}


@pytest.mark.parametrize(
    "disguised",
    [
        *(
            "法轮功",
            "ｆａ轮功",
            "法輪功",
            "法 轮 功",
            "法·轮·功",
            "法*轮功",
            "氵去轮功",
            "法lun功",
            "法LUN功",
        ),
        *("代-孕包成功", "代乃子包成功", "dai孕包成功", "代 孕 包 成 功"),
    ],
)
def test_a_disguise_hides_no_term_that_asks_for_its_variants(engine: Engine, disguised: str) -> None:
    assert [text for _, text in found(engine, f"本站提供{disguised}服务")] == [disguised]


def test_a_term_that_must_stand_in_quotes_is_offered_in_quotes(engine: Engine) -> None:
    (finding,) = engine.check("坚决反对台獨分裂行径。", categories=SENSITIVE).findings

    assert finding.replacements == ("“台独”",)


def test_advertising_absolutes_stay_hidden_until_they_are_asked_for(engine: Engine) -> None:
    text = "本店销量第一，茶叶堪称极品。"

    assert found(engine, text) == []
    assert len(found(engine, text, trial=True)) == 2


def test_no_term_that_is_only_advised_against_blocks_a_text(engine: Engine) -> None:
    mild = [rule for rule in engine.rules.values() if rule.category in SENSITIVE and "慎用" in rule.why]

    assert mild
    assert {rule.severity for rule in mild} <= {Severity.WARNING, Severity.INFO}
