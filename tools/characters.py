"""Make lexicons/characters.txt: how each character sounds, and which others look like it.

Run by hand when the standard changes; needs Pillow, numpy and pypinyin, and the Noto CJK fonts:

    python3 -m venv /tmp/characters && /tmp/characters/bin/pip install pillow numpy pypinyin
    apt-get install -y fonts-noto-cjk
    /tmp/characters/bin/python tools/characters.py > lexicons/characters.txt

Characters are those of GB/T 2312—80. Readings, without tones, come from pypinyin (MIT). Likeness is
measured, not listed: every character is drawn in a sans and a serif face, blurred, and compared with
every other. What two faces agree on is what eyes, scanners and shape-based input confuse.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import numpy.typing as npt

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
)
SIMPLIFIED = 2
"""Index of the face for simplified Chinese inside the font files."""
SIZE = 40
MARGIN = 4
BLUR = 1.6
LIKENESS = 0.75
"""Cosine of two blurred pictures; 人 and 入 have 0.89, 政 and 改 0.85."""
MOST_ALIKE = 20

Pictures = npt.NDArray[np.float32]


def characters() -> list[str]:
    """List the 6,763 characters of GB/T 2312—80."""
    return [
        bytes((row, cell)).decode("gb2312")
        for row in range(0xB0, 0xF8)
        for cell in range(0xA1, 0xFF)
        if not (row == 0xD7 and cell > 0xF9)
    ]


def pictures(chars: list[str], path: str) -> Pictures:
    """Draw every character in one face: a normalised vector each."""
    # Imported here, since the project itself never needs it.
    from PIL import Image, ImageDraw, ImageFilter, ImageFont

    font = ImageFont.truetype(path, SIZE, index=SIMPLIFIED)
    side = SIZE + 2 * MARGIN
    drawn = np.zeros((len(chars), SIZE * SIZE), np.float32)
    for number, char in enumerate(chars):
        image = Image.new("L", (side, side))
        ImageDraw.Draw(image).text((MARGIN, MARGIN - SIZE // 7), char, font=font, fill=255)
        blurred = image.filter(ImageFilter.GaussianBlur(BLUR))
        drawn[number] = np.asarray(
            blurred.crop((MARGIN, MARGIN, side - MARGIN, side - MARGIN)), np.float32
        ).ravel()
    drawn -= drawn.mean(axis=1, keepdims=True)
    normalised: Pictures = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return normalised


def lookalikes(chars: list[str]) -> list[str]:
    """List for every character those that look like it, most alike first."""
    likeness = sum(
        (faces @ faces.T for faces in (pictures(chars, path) for path in FONTS)), start=np.float32(0)
    )
    table: Any = likeness / len(FONTS)
    np.fill_diagonal(table, 0)
    rows = []
    for row in table:
        nearest = np.argsort(-row)[:MOST_ALIKE]
        rows.append("".join(chars[place] for place in nearest if row[place] >= LIKENESS))
    return rows


def main() -> None:
    """Write the table."""
    from pypinyin import Style, pinyin

    chars = characters()
    print("# 汉字的读音（不分声调）与形近字：字⇥读音⇥形近字。由 tools/characters.py 生成，不要手改。")
    print("# 字表：GB/T 2312—80；读音：pypinyin（MIT）；形近：据思源黑体、思源宋体（OFL）的字形计算。")
    for char, alike in zip(chars, lookalikes(chars), strict=True):
        readings = pinyin(char, style=Style.NORMAL, heteronym=True)[0]
        print(char, " ".join(readings), alike, sep="\t")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main()
