"""Names of persons by the cheapest means that works: surname, length, and what jieba's dictionary says.

They decide how grave a finding is, never whether there is one.
"""

from __future__ import annotations

import regex
import rjieba

SURNAMES = (
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁"
    "葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植"
    "甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠"
    "连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥"
    "保和蔺水云昌凤酆皮卡萨麦尚农闫肖付仝苍逄逯卿占亓厉麻鹿钮郗"
)
TWO_CHARACTER_SURNAMES = "欧阳|上官|司马|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|端木|南宫|独孤|长孙|宇文|司空|轩辕|百里|呼延|申屠|太史|闻人|澹台|拓跋|完颜|纳兰|赫连"
SURNAME = rf"(?:(?:{TWO_CHARACTER_SURNAMES})|[{SURNAMES}])"
NAME = regex.compile(rf"{SURNAME}[\u4e00-\u9fff]{{1,2}}", regex.ASCII)
FOREIGN_NAME = regex.compile(r"[\u4e00-\u9fff]{1,8}(?:[·•‧][\u4e00-\u9fff]{1,10}){1,3}", regex.ASCII)
"""With a dot, as names of several minorities are written."""
LABELLED = regex.compile(
    r"(?:姓名|户主|户名|当事人|申请人|患者|受害人|被害人|持卡人|联系人|负责人|车主|学生|考生|职工|监护人|同志|老人|村民|居民)"
    rf"[为是]?[:：]?\s?{SURNAME}[\u4e00-\u9fff]{{1,2}}(?:(?=[的为在系，])|(?![\u4e00-\u9fff]{{2}}))",
    regex.ASCII,
)
BEHIND_A_STATE = regex.compile(
    rf"[户者人员童生主属民象众女子友]({SURNAME}[\u4e00-\u9fff]{{1,2}})(?=[，,、：:；;（(\s])", regex.ASCII
)
"""脱贫户赵小明，特困人员赵小明："""
BEFORE_A_MARK = regex.compile(
    rf"(?<![\u4e00-\u9fff])({SURNAME}[\u4e00-\u9fff]{{1,2}})(?=[，,、：:；;（(\s\d*]|男|女|$)", regex.ASCII
)
PERSON_TAG = "nr"


def _is_word(written: str) -> bool:
    """Tell whether this is one word of the dictionary that is no name."""
    # What it does not know it may tag as anything.
    return rjieba.has_word(written) and not rjieba.tag(written)[0][1].startswith(PERSON_TAG)


def is_person_name(written: str) -> bool:
    """Tell whether a cell, or whatever stands by itself, is the name of a person."""
    written = written.replace(" ", "")
    if NAME.fullmatch(written):
        return not _is_word(written)
    return FOREIGN_NAME.fullmatch(written) is not None


def names_a_person(passage: str) -> bool:
    """Tell whether a passage of a few dozen characters names a person."""
    if LABELLED.search(passage) or FOREIGN_NAME.search(passage):
        return True
    if any(
        not _is_word(found) for form in (BEFORE_A_MARK, BEHIND_A_STATE) for found in form.findall(passage)
    ):
        return True
    return any(
        tag.startswith(PERSON_TAG) and NAME.fullmatch(word) is not None for word, tag in rjieba.tag(passage)
    )
