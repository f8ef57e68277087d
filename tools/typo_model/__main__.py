"""Train the model: `python -m tools.typo_model CORPORA FOLDER`, or `make model CORPORA=…`.

CORPORA holds files train_NAME.txt.xz, one paragraph a line; FOLDER gets the model, and holds shapes.npz
(tools/shapes.py) and cloze.npz (`make network`). The same texts give the same bytes. Takes some fifteen
minutes and eight gigabytes of memory.
"""

from __future__ import annotations

import argparse
import tempfile
import time
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
from tools.typo_model.judgement import SEED, learn
from tools.typo_model.made_errors import Breaker


def main() -> None:
    """Train the judgement on text that its model has not seen, then the model on everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    begun = time.monotonic()
    corpus = Corpus.read(options.corpora)
    characters = characters_of(LEXICONS)
    alike = Alike(characters, options.folder / "shapes.npz")
    cloze = Cloze.load(options.folder / "cloze.npz")
    with tempfile.TemporaryDirectory() as name:
        unseen = Path(name)
        table.write(unseen, *estimate(stream_of(corpus.learned)))
        ngrams = Ngrams.load(unseen)
        line = learn(
            lambda judges: Corrector(ngrams, cloze, (characters, alike), judges),
            Breaker(characters, alike, ngrams, SEED),
            corpus.held_out,
            options.folder,
        )
        print(line, flush=True)
    stream = stream_of(corpus.whole())
    count = table.write(options.folder, *estimate(stream))
    print(f"{len(stream.codes)} symbols, {count} n-grams, {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
