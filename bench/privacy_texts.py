"""Texts with and without personal data, in sentences of our own: the seed is fixed, so that every run draws the same.

In a template ⟦…⟧ marks what leaks and ⟪…⟫ what is lawful; {…} is drawn anew for each text.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from bench.evaluation_sets import PrivacyText
from bench.privacy_numbers import Numbers

SEED = 20261123
LEAK, LAWFUL = ("⟦", "⟧"), ("⟪", "⟫")
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


class Kind(NamedTuple):
    """Texts of one kind."""

    name: str
    templates: tuple[str, ...]


LEAKS = (
    Kind(
        "identity",
        (
            "经审核，{name}（身份证：⟦{id}⟧）符合申领条件，现予公布。",
            "{name}，{sex}，公民身份号码⟦{id}⟧，因交通事故致伤，申请临时补助。",
            "失主{name}请携带本人证件（号码⟦{id}⟧）前来认领。",
            "监护人{name} ⟦{id}⟧ 与被监护人系母女关系。",
            "学生{name}，学籍号G⟦{id}⟧，转入我校就读。",
            "报名信息：{name}/⟦{id}⟧/合格",
            "1.⟦{id}⟧ {name}\n2.⟦{id2}⟧ {name2}",
            "持⟦{id_low}⟧号身份证的群众，请补交照片。",
            "持⟦{id_wide}⟧号身份证的群众，请补交照片。",
            "身份证号码：⟦{id_blank}⟧，姓名{name}。",
            "身份证号码：⟦{id_hyphen}⟧，姓名{name}。",
            "准迁证持有人{name}，身份证⟦{id_four}⟧。",
        ),
    ),
    Kind(
        "identity in a table",
        (
            "姓名\t性别\t身份证号\t住院天数\n{name}\t{sex}\t⟦{id}⟧\t{small}\n{name2}\t{sex}\t⟦{id2}⟧\t{small}",
            "|序号|户主|证件号码|补助标准|\n|---|---|---|---|\n|1|{name}|⟦{id}⟧|{small}|\n|2|{name2}|⟦{id2}⟧|{small}|",
            "序号,姓名,身份证号,金额\n1,{name},⟦{id}⟧,{small}\n2,{name2},⟦{id2}⟧,{small}",
            "{name}\t⟦{id_cut}⟧\t{small}元",
            "姓名\t身份证号\n{name}\t⟦{id_float}⟧\n{name2}\t⟦{id2}⟧.0",
        ),
    ),
    Kind(
        "identity, mistyped or old",
        (
            "身份证号⟦{id_bad}⟧与姓名{name}不符，请更正。",
            "姓名\t证件号\n{name}\t⟦{id_bad}⟧",
            "原身份证号⟦{id_old}⟧的{name}已换发新证。",
        ),
    ),
    Kind(
        "identity, weakly masked",
        (
            "{name}，身份证号⟦{id_last2}⟧，已发放到位。",
            "{name}，身份证号⟦{id_last4}⟧，已发放到位。",
            "{name}，身份证号⟦{id_day}⟧，已发放到位。",
            "姓名\t身份证号\t出生年月日\n{name}\t⟦{id_64}⟧\t{born}",
        ),
    ),
    Kind(
        "mobile",
        (
            "有线索的市民可与{name}联系，手机⟦{mobile}⟧。",
            "{name}（⟦{mobile}⟧）负责现场协调。",
            "报名请发短信至⟦{mobile_44}⟧。",
            "村医{name}，电话⟦{mobile_hyphen}⟧，全天接诊。",
            "电话：⟦{mobile_86}⟧（{name}）",
            "电话：⟦{mobile_wide}⟧（{name}）",
            "脱贫户{name}，⟦{mobile}⟧，家中{small}口人。",
        ),
    ),
    Kind(
        "mobile in a list",
        (
            "村组\t姓名\t手机号码\t亩数\n一组\t{name}\t⟦{mobile}⟧\t{small}\n二组\t{name2}\t⟦{mobile2}⟧\t{small}",
            "序号,姓名,性别,联系电话\n1,{name},{sex},⟦{mobile}⟧\n2,{name2},{sex},⟦{mobile2}⟧",
            "姓名\t手机\n{name}\t⟦{mobile}⟧.0\n{name2}\t⟦{mobile2}⟧.0",
            "{name}，⟦{mobile}⟧\n{name2}，⟦{mobile2}⟧",
            "岗位\t带班领导\t手机\n应急值守\t{name}\t⟦{mobile}⟧",
            "{name}，联系电话⟦{mobile_weak}⟧，已登记。",
        ),
    ),
    Kind(
        "card",
        (
            "{name}的银行卡（卡号⟦{card}⟧）已被冻结。",
            "请将款项退至{name}名下账户，银行账号⟦{card}⟧。",
            "姓名\t开户行\t银行账号\n{name}\t农商行\t⟦{card}⟧",
            "惠农补贴一卡通账号：⟦{card_grouped}⟧，户名{name}。",
            "{name} ⟦{card}⟧ {small}元",
        ),
    ),
    Kind(
        "papers",
        (
            "持证人{name}，护照号：⟦E{eight}⟧。",
            "港澳居民{name}，来往内地通行证号码⟦H{eight}⟧。",
            "台湾居民{name}，台胞证号⟦{eight}⟧。",
            "退役军人{name}，原军官证⟦南字第{seven}号⟧。",
            "外籍教师{name}，永久居留身份证⟦{permit}⟧。",
            "外籍教师{name}，永久居留证号⟦CAN3100{yymmdd}{two}⟧。",
            "患者{name}，住院号⟦{seven}⟧，已出院。",
            "{name}，社保卡号⟦{eight}⟧，已激活。",
        ),
    ),
    Kind(
        "home and accounts",
        (
            "困难群众{name}，家庭住址：⟦清河县柳林镇{village}村{small}组⟧，享受B类待遇。",
            "姓名\t家庭住址\t补助金额\n{name}\t⟦清河区东湖街道安居小区{small}栋2单元{small}03室⟧\t{small}00",
            "特困人员{name}，住⟦{village}村{small}组{small}号⟧。",
            "姓名\t电子邮箱\n{name}\t⟦{box}@example.com⟧",
            "学生{name}，微信号：⟦{box}⟧，请同学们添加。",
            "学生{name}，QQ号：⟦{qq}⟧，请同学们添加。",
            "车主{name}的车牌号为⟦{plate}⟧，请速来登记。",
            "姓名\t车牌号\n{name}\t⟦{plate}⟧",
            "姓名\t出生日期\t户籍\n{name}\t⟦{born}⟧\t本县",
            "{name}，家庭电话⟦{landline}⟧。",
        ),
    ),
)
QUIET = (
    Kind(
        "offices",
        (
            "监督电话：⟪{area}-{landline}⟫，⟪{landline}⟫；传真：⟪{area}-{landline}⟫。",
            "如对公示内容有异议，可向县纪委监委反映（电话⟪{landline}⟫）。",
            "办公室\t综合科\t⟪{area}-{landline}⟫\n信访室\t接待科\t⟪{area}-{landline}⟫",
            "客服热线⟪400-{three}-{four}⟫、⟪800{seven}⟫，服务时间9:00—17:00。",
            "请拨打⟪12345⟫、⟪12315⟫、⟪12348⟫、⟪95598⟫或⟪96310⟫。",
            "投稿信箱：⟪{box}@qinghe.gov.cn⟫；联系人{name}，信箱⟪{box}@example.com⟫。",
            "微信公众号：⟪{box}⟫；政务交流QQ群：⟪{qq}⟫。",
            "联系人：{name}，邮箱⟪{box}@example.com⟫，地址：清河区人民路{small}号。",
        ),
    ),
    Kind(
        "codes",
        (
            "某建筑有限公司（统一社会信用代码⟪{credit}⟫）。",
            "单位名称\t统一社会信用代码\n清河县某商贸有限公司\t⟪{credit}⟫",
            "项目代码：⟪{year}-{six}-{two}-{two}-{six}⟫。",
            "采购计划编号：⟪{six}{year}{six}⟫，发票号码⟪{eight}⟫。",
            "公安备案⟪{fourteen}⟫号，ICP备⟪{eight}⟫号-1。",
            "合同编号⟪{year}{eleven}⟫，标段号⟪{eighteen}⟫。",
            "不动产权证书号：鄂（{year}）清河县不动产权第⟪{seven}⟫号。",
            "设备序列号⟪SN{fifteen}⟫，资产编号⟪{year}{nine}⟫。",
            "物流单号⟪{thirteen}⟫，条码⟪69{eleven}⟫。",
            "许可证编号：JY⟪{fourteen}⟫，批准文号国药准字H⟪{eight}⟫。",
        ),
    ),
    Kind(
        "accounts of institutions",
        (
            "账户名称：清河县财政局非税收入汇缴专户\n账号：⟪{card}⟫\n开户行：清河农商银行",
            "保证金账户：户名清河区公共资源交易中心，账号⟪{card}⟫。",
            "收款单位：清河县人民医院；银行账号：⟪{card}⟫。",
            "捐款请汇至清河县慈善总会对公账户⟪{card}⟫。",
        ),
    ),
    Kind(
        "sums and places",
        (
            "完成投资⟪{eleven}.{two}⟫元，同比增长{two}.{one}%。",
            "坐标：东经⟪11{one}.{fourteen}⟫，北纬⟪3{one}.{fourteen}⟫。",
            "累计用电⟪1{ten}⟫千瓦时，折合⟪13{nine}⟫元。",
            "本月发放⟪{six}⟫人次、⟪{nine}⟫元，执行期{year}01—{year}12。",
            "办理时间为⟪{year}0101120000⟫至⟪{year}1231235959⟫。",
        ),
    ),
    Kind(
        "well masked",
        (
            "{name}，身份证号⟪{id_23}⟫，电话⟪{mobile_34}⟫。",
            "姓名\t身份证号\t手机\t金额\n{name}\t⟪{id_23}⟫\t⟪{mobile_34}⟫\t{small}",
            "{name}，银行卡⟪{card_masked}⟫。",
            "姓名\t身份证号\t出生年月\n{name}\t⟪{id_23}⟫\t{year}-05",
        ),
    ),
    Kind(
        "plain prose",
        (
            "{year}年{small}月，{name}同志任清河县水利局副局长，试用期一年。",
            "{name}，{sex}，汉族，{year}年{small}月出生，大学学历，拟任副科级领导职务。",
            "根据某政办发〔{year}〕{small}号文件，现将第{small}批名单公布如下：{name}、{name2}。",
            "公务用车{plate}等{small}辆拟公开拍卖，起拍价{small}万元。",
            "会议由{name}主持，{small}个单位{three}人参加，讨论了{year}—{year}年规划。",
        ),
    ),
)


def texts(number: int, seed: int = SEED) -> Iterator[tuple[str, PrivacyText]]:
    """Draw texts, each with the name of its kind."""
    draw = random.Random(seed)
    numbers = Numbers(draw)
    kinds = (*LEAKS, *QUIET)
    for _ in range(number):
        kind = draw.choice(kinds)
        template = draw.choice(kind.templates)
        yield kind.name, marked(template.format_map(_Fields(numbers)))


def marked(written: str) -> PrivacyText:
    """Take the marks out of a text and note what they enclose."""
    text = ""
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {LEAK: [], LAWFUL: []}
    start = 0
    for char in written:
        for (opening, closing), found in spans.items():
            if char == opening:
                start = len(text)
                break
            if char == closing:
                found.append((start, len(text)))
                break
        else:
            text += char
    return PrivacyText(text, spans[LEAK], spans[LAWFUL])


COUNTS = {
    word: length
    for length, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen".split()
    )
}


class _Fields(Mapping[str, str]):
    """Whatever a template may ask for, drawn when it is asked for; what belongs together stays together."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.born = numbers.birth()
        self.identity = numbers.identity(self.born)
        self.phone = numbers.mobile()

    def __getitem__(self, key: str) -> str:
        if key in COUNTS:
            return self.numbers.digits(COUNTS[key])
        return DRAWN[key](self)

    def __iter__(self) -> Iterator[str]:
        return iter((*COUNTS, *DRAWN))

    def __len__(self) -> int:
        return len(COUNTS) + len(DRAWN)


def _other_check(number: str) -> str:
    return number[:17] + ("0" if number[17] != "0" else "1")


DRAWN: Mapping[str, Callable[[_Fields], str]] = {
    "name": lambda f: f.numbers.name(),
    "name2": lambda f: f.numbers.name(),
    "sex": lambda f: f.numbers.draw.choice("男女"),
    "small": lambda f: str(f.numbers.draw.randrange(1, 12)),
    "year": lambda f: str(f.numbers.draw.randrange(2010, 2026)),
    "village": lambda f: f.numbers.draw.choice(("赵家", "新民", "双河", "石桥")),
    "box": lambda f: "".join(f.numbers.draw.choices("abcdefghijkmnpqrstuvwxyz", k=8)) + f.numbers.digits(2),
    "qq": lambda f: f.numbers.draw.choice("123456789") + f.numbers.digits(8),
    "area": lambda f: f.numbers.draw.choice(("010", "027", "0722", "0711", "0871")),
    "landline": lambda f: f.numbers.landline(),
    "credit": lambda f: f.numbers.credit_code(),
    "plate": lambda f: f.numbers.plate(),
    "permit": lambda f: f.numbers.foreign_permit(),
    "born": lambda f: f.numbers.draw.choice((f"{f.born:%Y-%m-%d}", f"{f.born:%Y%m%d}", f"{f.born:%Y/%m/%d}")),
    "yymmdd": lambda f: f"{f.born:%y%m%d}",
    "id": lambda f: f.identity,
    "id2": lambda f: f.numbers.identity(),
    "id_low": lambda f: f.identity.lower(),
    "id_wide": lambda f: f.identity.translate(WIDE),
    "id_blank": lambda f: f"{f.identity[:6]} {f.identity[6:14]} {f.identity[14:]}",
    "id_hyphen": lambda f: f"{f.identity[:6]}-{f.identity[6:14]}-{f.identity[14:]}",
    "id_four": lambda f: " ".join(f.identity[place : place + 4] for place in range(0, 18, 4)),
    "id_cut": lambda f: f"{f.identity[:10]}\n{f.identity[10:]}",
    "id_float": lambda f: f"{f.identity[0]}.{f.identity[1:9]}E+17",
    "id_bad": lambda f: _other_check(f.identity),
    "id_old": lambda f: f"{f.identity[:6]}{f.identity[8:17]}",
    "id_last2": lambda f: f.identity[:16] + "**",
    "id_last4": lambda f: f.identity[:14] + "****",
    "id_day": lambda f: f.identity[:10] + "****" + f.identity[14:],
    "id_64": lambda f: f.identity[:6] + "********" + f.identity[14:],
    "id_23": lambda f: f.identity[:2] + "*" * 13 + f.identity[15:],
    "mobile": lambda f: f.phone,
    "mobile2": lambda f: f.numbers.mobile(),
    "mobile_44": lambda f: f"{f.phone[:3]} {f.phone[3:7]} {f.phone[7:]}",
    "mobile_hyphen": lambda f: f"{f.phone[:3]}-{f.phone[3:7]}-{f.phone[7:]}",
    "mobile_86": lambda f: f.numbers.draw.choice(("+86", "+86 ", "86-", "0086 ")) + f.phone,
    "mobile_wide": lambda f: f.phone.translate(WIDE),
    "mobile_weak": lambda f: f.phone[:9] + "**",
    "mobile_34": lambda f: f.phone[:3] + "****" + f.phone[7:],
    "card": lambda f: f.numbers.card(),
    "card_grouped": lambda f: _grouped(f.numbers.card()),
    "card_masked": lambda f: "*" * 12 + f.numbers.digits(4),
}


def _grouped(card: str) -> str:
    return " ".join(card[place : place + 4] for place in range(0, len(card), 4))
