"""Pictures: the words in them, where the extra that recognises them is installed."""

from __future__ import annotations

import io

from app.documents import UnreadableError
from app.formats.kernel.layout import lay_out
from app.formats.kernel.limits import Deadline
from app.formats.kernel.reading import File, Format, Options, Reading
from app.formats.kernel.recognition import NOT_INSTALLED, Recognition
from app.formats.pdf import Pages
from detectors.kernel.finding import Category

DAMAGED = "不是完好的图片"
MOST_DOTS = 60_000_000
"""Of one picture: a sheet of A3 at 400 dots an inch has half as many."""


def read(file: File, options: Options) -> Reading:
    """Recognise the words of a picture; a TIFF may hold several."""
    recognition = Recognition.if_installed()
    if recognition is None:
        raise UnreadableError(NOT_INSTALLED)
    # Both come with the extra.
    import numpy as np  # noqa: PLC0415
    from PIL import Image, ImageSequence, UnidentifiedImageError  # noqa: PLC0415

    deadline = Deadline(options.limits)
    runs = []
    try:
        with Image.open(io.BytesIO(file.content)) as image:
            for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
                deadline.check()
                if number > options.limits.pages or frame.width * frame.height > MOST_DOTS:
                    raise UnreadableError("图片过大")
                dots = np.asarray(frame.convert("RGB"))[:, :, ::-1]
                runs.append(recognition.runs(np.ascontiguousarray(dots), number, 1.0))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise UnreadableError(DAMAGED) from None
    laid = lay_out(iter(runs))
    return Reading(
        file.name,
        "".join(laid.text),
        Pages(laid),
        unreliable=frozenset({Category.FORMAT}),
        notes=("文字由图片识别而来，请与原件核对；未查标点数字格式",),
    )


FORMAT = Format(
    frozenset({".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp"}), read, isolated=True, picture=True
)
