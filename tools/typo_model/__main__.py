"""Train the model: `python -m tools.typo_model CORPORA FOLDER STRANGER`, or `make model CORPORA=…`.

CORPORA holds files train_NAME.txt.xz, one paragraph a line; FOLDER gets the model, and holds shapes.npz
(tools/shapes.py) and cloze.npz (`make network`); STRANGER is the network that knows no news (likewise, and not shipped).
The same texts give the same bytes. Takes some twenty minutes and eight gigabytes of memory.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from detectors.kernel.confusion import characters_of
from detectors.kernel.language.alike import Alike
from detectors.kernel.language.cloze import Cloze
from detectors.kernel.language.corrector import Corrector
from detectors.kernel.language.ngrams import Ngrams
from detectors.kernel.sources import LEXICONS
from tools.typo_model import table
from tools.typo_model.corpus import Corpus, stream_of
from tools.typo_model.estimate import estimate
from tools.typo_model.judgement import SEED, Reader, learn
from tools.typo_model.made_errors import Breaker

OF_THE_STRANGER = 0.3
"""Weight of what the stranger teaches."""


def main() -> None:
    """Train the judgement on text that its model has not seen, then the model on everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("stranger", type=Path)
    options = parser.parse_args()
    begun = time.monotonic()
    corpus = Corpus.read(options.corpora)
    characters = characters_of(LEXICONS)
    likeness = characters, Alike(characters, options.folder / "shapes.npz")
    with tempfile.TemporaryDirectory() as name:
        known = _tables(Path(name, "known"), corpus.learned)
        cloze = Cloze.load(options.folder / "cloze.npz")
        sources, news = corpus.for_a_stranger()
        strange = _tables(Path(name, "strange"), sources)
        stranger = Cloze.load(options.stranger)
        readers = (
            Reader(lambda judges: Corrector(known, cloze, likeness, judges), corpus.held_out),
            Reader(lambda judges: Corrector(strange, stranger, likeness, judges), news, OF_THE_STRANGER),
        )
        print(learn(readers, Breaker(*likeness, known, SEED), options.folder), flush=True)
    stream = stream_of(corpus.whole())
    count = table.write(options.folder, *estimate(stream))
    print(f"{len(stream.codes)} symbols, {count} n-grams, {time.monotonic() - begun:.0f} s")


def _tables(folder: Path, sources: Mapping[str, Sequence[str]]) -> Ngrams:
    folder.mkdir()
    table.write(folder, *estimate(stream_of(sources)))
    return Ngrams.load(folder)


if __name__ == "__main__":
    main()
