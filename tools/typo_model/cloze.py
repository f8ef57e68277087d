"""Trains the network of detectors/kernel/language/cloze.py: which character fits between what stands on either side.

Two gated recurrent networks read a stretch, one from the left, one from the right; what they know before
and behind a place is compared with every character that could stand there. The lesson is to tell the
character that stands there from those that sound or look like it, and from any others. Here and there a
letter of the stretch itself is spoilt, since slips come in company.

    python -m tools.typo_model.cloze CORPORA FILE              # or make network CORPORA=…; some forty minutes
    python -m tools.typo_model.cloze --stranger CORPORA FILE   # likewise; some ten: one that knows no news

Needs PyTorch, of which the processor does. One thread and a seed: the same texts give the same bytes on
processors of one kind. Of the texts, it leaves out those that the judgement is learned from.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from detectors.kernel.confusion import Characters, characters_of
from detectors.kernel.language.symbols import SYMBOLS
from detectors.kernel.sources import LEXICONS
from tools.typo_model.corpus import Corpus, codes_of

SEED = 7
PASSES = {"laws": 0.4}
"""Of the laws, which repeat themselves, this share is read."""
TWICE = ("government", "work_reports_2000on")
LEAST_COUNT = 5
STRETCH = 72
"""Symbols read in one go."""
BATCH = 96
EMBEDDING, STATE = 192, 320
STRANGERS = 512
"""Symbols drawn for a whole batch, against which every right one is held."""
ALIKE, ALIKE_DRAWN = 48, 16
"""Commonest characters that sound or look like one, and how many are drawn for a place."""
SPOILT = 0.025
RATE, WARM_UP = 2.5e-3, 200

Codes = npt.NDArray[np.uint64]


def stretches_of(sources: Mapping[str, Sequence[str]], *, is_even: bool = False) -> Codes:
    """Cut the texts into stretches, in an order without meaning.

    Args:
        sources: paragraphs by source.
        is_even: whether all sources are read once.
    """
    draw = np.random.default_rng(SEED)
    rows = []
    for name in sorted(sources):
        for _ in range(2 if name in TWICE and not is_even else 1):
            codes = codes_of(sources[name])
            codes = codes[int(draw.integers(STRETCH)) :]
            cut = codes[: len(codes) // STRETCH * STRETCH].reshape(-1, STRETCH)
            share = 1.0 if is_even else PASSES.get(name, 1.0)
            rows.append(cut[draw.random(len(cut)) < share])
    every = np.concatenate(rows)
    return every[draw.permutation(len(every))]


def learn(characters: Characters, rows: Codes, to: Path) -> str:
    """Train the network on stretches and write it; give a line about it."""
    import torch

    begun = time.monotonic()
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    draw = np.random.default_rng(SEED)
    counts = np.bincount(rows.ravel().astype(np.int64), minlength=SYMBOLS)
    symbols = np.flatnonzero(counts >= LEAST_COUNT)
    number = np.zeros(SYMBOLS, np.int64)
    number[symbols] = np.arange(1, len(symbols) + 1)
    known = number[rows.astype(np.int64)]
    size = len(symbols) + 1
    alike = _alike(characters, number, counts)
    has_alike = alike[:, 0] > 0
    spread = counts[symbols].astype(np.float64) ** 0.75
    spread /= spread.sum()
    chances = torch.from_numpy(np.log(np.concatenate(([1.0], STRANGERS * spread)))).float()
    network = _network(size)
    network.chances = chances
    optimizer = torch.optim.Adam(network.parameters(), lr=RATE)
    steps = len(known) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, RATE, total_steps=steps, pct_start=WARM_UP / steps, cycle_momentum=False
    )
    means = np.zeros(2)
    for step in range(steps):
        batch = known[step * BATCH : (step + 1) * BATCH].T
        read = batch.copy()
        spoilt = (draw.random(batch.shape) < SPOILT) & has_alike[batch]
        read[spoilt] = alike[batch[spoilt], draw.integers(ALIKE, size=int(spoilt.sum()))]
        right = torch.from_numpy(batch[1:-1].copy())
        others = alike[batch[1:-1][..., None], draw.integers(ALIKE, size=(*right.shape, ALIKE_DRAWN))]
        strangers = draw.choice(size - 1, STRANGERS, p=spread) + 1
        meant = network(torch.from_numpy(read))
        losses = _losses(network, meant, right, torch.from_numpy(others), torch.from_numpy(strangers))
        optimizer.zero_grad()
        sum(losses).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        means = 0.98 * means + 0.02 * np.array([float(loss.detach()) for loss in losses])
        if step % 200 == 199:
            seen = means / (1 - 0.98 ** (step + 1))
            print(
                f"{step + 1}/{steps} {seen.round(4)} {time.monotonic() - begun:.0f} s",
                file=sys.stderr,
                flush=True,
            )
    write(network, symbols, to)
    return f"{known.size} symbols read by the network, {size} kinds, loss {means.round(3)}"


def _alike(
    characters: Characters, number: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    table = np.zeros((int(number.max()) + 1, ALIKE), np.int64)
    for char in characters:
        own = number[ord(char)]
        others = [ord(other) for other in characters.alike(char) if number[ord(other)]]
        if own and others:
            others.sort(key=lambda code: -counts[code])
            # Short lists are repeated.
            table[own] = np.resize(number[others[:ALIKE]], ALIKE)
    return table


def _network(size: int) -> Any:
    import torch
    from torch import nn

    class Network(nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.read = nn.Embedding(size, EMBEDDING)
            self.written = nn.Embedding(size, EMBEDDING)
            nn.init.normal_(self.read.weight, std=0.3)
            nn.init.normal_(self.written.weight, std=0.05)
            self.bias = nn.Parameter(torch.zeros(size))
            self.forwards = nn.GRU(EMBEDDING, STATE)
            self.backwards = nn.GRU(EMBEDDING, STATE)
            self.mix = nn.Linear(2 * STATE, 2 * EMBEDDING)
            self.meet = nn.Linear(2 * EMBEDDING, EMBEDDING)

        def forward(self, read: Any) -> Any:
            vectors = self.read(read)
            before, _ = self.forwards(vectors)
            behind, _ = self.backwards(vectors.flip(0))
            both = torch.cat((before[:-2], behind.flip(0)[2:]), -1)
            return self.meet(torch.relu(self.mix(both)))

    return Network()


def _losses(network: Any, meant: Any, right: Any, others: Any, strangers: Any) -> list[Any]:
    import torch

    is_han = (right > 0).float()
    own = (meant * network.written(right)).sum(-1) + network.bias[right]
    # What is drawn often would be held for wrong often: its chance of being drawn is taken out.
    among = meant @ network.written(strangers).T + (network.bias - network.chances)[strangers]
    among = among.masked_fill(strangers == right[..., None], -1e4)
    alike = torch.einsum("tbd,tbkd->tbk", meant, network.written(others)) + network.bias[others]
    alike = alike.masked_fill(others == 0, -1e4)
    return [
        ((torch.logsumexp(torch.cat((mine[..., None], scores), -1), -1) - mine) * is_han).sum() / is_han.sum()
        for mine, scores in ((own - network.chances[right], among), (own, alike))
    ]


def write(network: Any, symbols: npt.NDArray[np.int64], to: Path) -> None:
    """Write the network: vectors in 8 bits with a scale each, all else in 16."""
    weights = {name: array.detach().numpy() for name, array in network.state_dict().items()}
    stored: dict[str, npt.NDArray[Any]] = {"symbols": symbols.astype(np.uint16)}
    for name in ("read", "written"):
        vectors = weights[f"{name}.weight"]
        scale = np.abs(vectors).max(axis=1, keepdims=True) / 127
        stored[name] = np.rint(vectors / scale).astype(np.int8)
        stored[f"{name}_scale"] = scale.astype(np.float32)
    for side in ("forwards", "backwards"):
        for part, name in (("of_input", "weight_ih_l0"), ("of_state", "weight_hh_l0")):
            stored[f"{side}_{part}"] = weights[f"{side}.{name}"].T
        for part, name in (("bias", "bias_ih_l0"), ("bias_of_state", "bias_hh_l0")):
            stored[f"{side}_{part}"] = weights[f"{side}.{name}"]
    for name in ("mix", "meet"):
        stored[name] = weights[f"{name}.weight"].T
        stored[f"{name}_bias"] = weights[f"{name}.bias"]
    stored["bias"] = weights["bias"]
    narrow = {
        name: np.ascontiguousarray(array).astype(np.float16) if array.dtype == np.float32 else array
        for name, array in stored.items()
    }
    np.savez(to, **narrow)  # type: ignore[arg-type]


def main() -> None:
    """Train the network on what the judgement is not learned from."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--stranger", action="store_true", help="the network that knows no news")
    options = parser.parse_args()
    corpus = Corpus.read(options.corpora)
    sources = corpus.for_a_stranger()[0] if options.stranger else corpus.learned
    print(learn(characters_of(LEXICONS), stretches_of(sources, is_even=options.stranger), options.file))


if __name__ == "__main__":
    main()
