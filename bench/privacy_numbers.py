"""Made-up numbers of persons and of offices, each with its right make-up. Nobody bears them but by chance."""

from __future__ import annotations

import random
from datetime import date, timedelta

from detectors.kernel.personal.cards import passes_luhn
from detectors.kernel.personal.credit_code import ALPHABET, WEIGHTS
from detectors.kernel.personal.identity import check_character
from detectors.kernel.sources import LEXICONS

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华文建国玉兰红梅秀珍志海燕晓东春生凤云龙德福晨宇欣怡梓涵浩然子轩雨桐"
PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
MOBILE_HEADS = (
    "130 131 132 133 134 135 136 137 138 139 145 147 150 151 152 153 155 156 157 158 159 162 165 166 167 170 171 172 173 175 176 177 178 180 "
    "181 182 183 184 185 186 187 188 189 190 191 192 193 195 196 197 198 199"
).split()
PROVINCE_PREFIX = "冀豫云辽黑湘皖鲁苏浙赣鄂"


def _rows(name: str) -> list[list[str]]:
    lines = (LEXICONS / name).read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if not line.startswith("#")]


REGIONS = [row[0] + county for row in _rows("region_codes.txt") for county in row[1:] if county > "01"]
CARDS = [(int(row[0]), beginning) for row in _rows("card_bins.txt") for beginning in row[1:]]


class Numbers:
    """A source of numbers with a fixed seed."""

    def __init__(self, draw: random.Random) -> None:
        """Take the source of chance."""
        self.draw = draw

    def digits(self, length: int) -> str:
        """Draw so many digits."""
        return "".join(self.draw.choices("0123456789", k=length))

    def name(self) -> str:
        """Draw the name of a person."""
        return self.draw.choice(SURNAMES) + "".join(self.draw.sample(GIVEN, self.draw.choice((1, 2, 2))))

    def birth(self) -> date:
        """Draw a day of birth."""
        return date(1935, 1, 1) + timedelta(days=self.draw.randrange(30_000))

    def identity(self, born: date | None = None) -> str:
        """Draw an identity number."""
        body = f"{self.draw.choice(REGIONS)}{born or self.birth():%Y%m%d}{self.digits(3)}"
        return body + check_character(body + "0")

    def mobile(self) -> str:
        """Draw a mobile number."""
        return self.draw.choice(MOBILE_HEADS) + self.digits(8)

    def card(self) -> str:
        """Draw a card number of a bank of the mainland."""
        length, beginning = self.draw.choice(CARDS)
        body = beginning + self.digits(length - len(beginning) - 1)
        return next(body + last for last in "0123456789" if passes_luhn(body + last))

    def credit_code(self) -> str:
        """Draw a unified social credit code."""
        unit = "".join(self.draw.choices(ALPHABET, k=9))
        body = self.draw.choice(("91", "92", "93", "11", "12", "51", "52")) + self.draw.choice(REGIONS) + unit
        total = sum(ALPHABET.index(char) * weight for char, weight in zip(body, WEIGHTS, strict=True))
        return body + ALPHABET[-total % 31]

    def foreign_permit(self) -> str:
        """Draw a permit of permanent residence in the form of 2023."""
        body = f"9{self.draw.choice(('11', '31', '44'))}{self.digits(3)}{self.birth():%Y%m%d}{self.digits(3)}"
        return body + check_character(body + "0")

    def plate(self) -> str:
        """Draw a number plate, in one of five cases of an electric car."""
        tail = self.digits(5) if self.draw.random() < 0.8 else "D" + self.digits(5)
        return self.draw.choice(PROVINCE_PREFIX) + self.draw.choice(PLATE_LETTERS[:8]) + tail

    def landline(self) -> str:
        """Draw a landline without area code."""
        return self.draw.choice("2345678") + self.digits(self.draw.choice((6, 7)))
