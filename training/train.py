"""Train the encoder and its heads; resumable, seeded.

    python -m training.train --polnear DIR --start MINILM_DIR --silver silver.npz --out RUN_DIR

With --from it goes on from the mean of checkpoints, with --shared it learns from short pieces
too (training.pieces). Writes each half epoch RUN_DIR/epoch-N.pt and a line of RUN_DIR/log.jsonl,
and after each epoch RUN_DIR/last.pt (with the state of the optimiser, to resume from).
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from retold.reading import tokens
from training import links, polnear, stories
from training.examples import UNKNOWN, Example, allowed, example, passages
from training.labels import LABELS
from training.network import Network, Transitions, from_bert
from training.pieces import Pieces

WINDOW = 256  # tokens with the two that frame it
HIDDEN = 0.08  # share of word pieces hidden from the network while it learns
MASK = 103
BATCH = 8 * WINDOW  # tokens, padding included
WEIGHTS = {"labels": 1.0, "mentions": 0.5, "links": 0.5, "passages": 1.0}


def corpus(split: Path, tokenizer: Tokenizer, silver: Path | None) -> tuple[list[Example], Tensor]:
    """The examples of a split, and the teacher's vectors that their passages point into."""
    held = np.load(silver) if silver else None
    vectors = torch.from_numpy(held["vectors"]) if held is not None else torch.zeros(0, 1)
    named = dict(zip(held["names"], held["mentions"], strict=True)) if held is not None else {}
    row_of: dict[tuple[str, int, int], int] = {}
    if held is not None:
        for row, (number, start, end) in enumerate(held["rows"].tolist()):
            row_of[str(held["names"][number]), start, end] = row
    out = []
    for article in polnear.articles(split):
        silver_mentions = json.loads(named[article.name]) if article.name in named else None
        made = example(article, tokenizer, mentions=silver_mentions)
        for span, (first, last) in passages(article, made.tokens):
            row = row_of.get((article.name, span.start, span.end))
            if row is not None:
                made.passages.append((first, last, row))
        out.append(made)
    return out, vectors


def fingerprint(examples: list[Example]) -> str:
    """A hash of all tokens and labels: the same data, the same hash."""
    digest = hashlib.sha256()
    for each in examples:
        digest.update(each.tokens.ids.tobytes() + each.labels.tobytes())
    return digest.hexdigest()[:16]


def cuts(length: int, *, offset: int) -> list[slice]:
    """Windows without overlap, the first one shortened by `offset`."""
    edges = [0, *range(offset or WINDOW - 2, length, WINDOW - 2), length]
    return [slice(a, b) for a, b in itertools.pairwise(edges) if b - a >= 4]


Window = tuple[Example, slice]


def batches(chosen: list[Window], shuffle: random.Random) -> list[list[Window]]:
    """The windows in batches of at most BATCH tokens, alike in length, in any order."""

    def size(window: Window) -> int:
        return window[1].stop - window[1].start + 2

    out: list[list[Window]] = []
    shuffle.shuffle(chosen)
    for each in sorted(chosen, key=size):
        if not out or (len(out[-1]) + 1) * size(each) > BATCH:
            out.append([])
        out[-1].append(each)
    shuffle.shuffle(out)
    return out


def batch(chosen: list[Window]) -> tuple[Tensor, Tensor, Tensor]:
    """ids, shapes and mask of some windows, framed and padded."""
    length = max(w.stop - w.start for _, w in chosen) + 2
    ids = torch.full((len(chosen), length), tokens.PAD)
    shapes, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    for row, (each, window) in enumerate(chosen):
        size = window.stop - window.start
        ids[row, 0], ids[row, size + 1] = tokens.CLS, tokens.SEP
        ids[row, 1 : size + 1] = torch.from_numpy(each.tokens.ids[window])
        shapes[row, 1 : size + 1] = torch.from_numpy(each.tokens.shapes[window])
        mask[row, : size + 2] = 1
    return ids, shapes, mask


class Trainee(torch.nn.Module):
    """All that is trained together."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        self.transitions, self.links = Transitions(), links.Links()


def average(paths: Sequence[Path]) -> dict[str, torch.Tensor]:
    """The mean of the weights of some epochs of one run: steadier than any of them."""
    states = [torch.load(path, weights_only=True) for path in paths]
    return {name: sum(state[name] for state in states) / len(states) for name in states[0]}


def losses(model: Trainee, chosen: list[Window], vectors: Tensor) -> dict[str, Tensor]:
    """The mean loss of each head on some windows."""
    ids, shapes, mask = batch(chosen)
    hidden = (torch.rand(ids.shape) < HIDDEN) & (ids > MASK)
    ids = torch.where(hidden, MASK, ids)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        labels, mentions, link_states, passage_states = model.network(ids, shapes, mask)
    labels, mentions = labels.float(), mentions.float()
    length = ids.shape[1] - 2
    may = torch.ones(len(chosen), length, len(LABELS), dtype=torch.bool)
    named = torch.full((len(chosen), length), UNKNOWN)
    for row, (each, window) in enumerate(chosen):
        size = window.stop - window.start
        may[row, :size] = torch.from_numpy(allowed(each.labels[window]))
        named[row, :size] = torch.from_numpy(each.mentions[window])
    inner = mask[:, 2:]
    out = {
        "labels": model.transitions.loss(labels[:, 1:-1], may, inner) / inner.sum() * 10,
    }
    if (named != UNKNOWN).any():
        out["mentions"] = 4 * torch.nn.functional.cross_entropy(
            mentions[:, 1:-1].flatten(0, 1), named.flatten(), ignore_index=UNKNOWN
        )
    link_total, link_count = labels.new_zeros(()), 0
    ours, theirs = [], []
    for row, (each, window) in enumerate(chosen):
        size = window.stop - window.start
        found, count = links.loss(model.links, each, link_states[row, 1 : size + 1].float(), window)
        link_total, link_count = link_total + found, link_count + count
        total = torch.cat([torch.zeros(1, passage_states.shape[2]),
                           passage_states[row, 1 : size + 1].float().cumsum(0)])  # fmt: skip
        for first, last, index in each.passages:
            if window.start <= first and last <= window.stop:
                ours.append(total[last - window.start] - total[first - window.start])
                theirs.append(index)
    out["links"] = link_total / max(1, link_count)
    if ours:
        cosine = torch.nn.functional.cosine_similarity(
            torch.stack(ours), vectors[theirs].float(), dim=1
        )
        out["passages"] = (1 - cosine).mean()
    return out


def groups(model: Trainee, *, rate: float, decay: float) -> list[dict[str, object]]:
    """Parameter groups: the heads learn fast, the lower layers slowly."""
    layers = len(model.network.layers)
    held: dict[float, list[Tensor]] = {}
    for name, parameter in model.named_parameters():
        if name.startswith("network.layers."):
            scale = rate * decay ** (layers - 1 - int(name.split(".")[2]))
        elif name.startswith(("network.words", "network.positions", "network.norm")):
            scale = rate * decay**layers
        elif name.startswith("network.shapes"):
            scale = rate * 3
        elif name.startswith("links."):
            scale = rate * 50  # tables of a few numbers, which else hardly move
        else:
            scale = rate * 10
        held.setdefault(scale, []).append(parameter)
    return [{"params": held[scale], "lr": scale} for scale in held]


def decode(emissions: np.ndarray, moves: np.ndarray) -> np.ndarray:
    """The best legal label sequence (Viterbi), for the figures of the log."""
    score, back = emissions[0].copy(), np.zeros(emissions.shape, dtype=np.int64)
    for place in range(1, len(emissions)):
        total = score[:, None] + moves
        back[place] = total.argmax(0)
        score = total.max(0) + emissions[place]
    path = [int(score.argmax())]
    for place in range(len(emissions) - 1, 0, -1):
        path.append(int(back[place, path[-1]]))
    return np.array(path[::-1])


def runs(labels: np.ndarray) -> set[tuple[str, int, int]]:
    """The labelled stretches with their role."""
    out, start, role = set(), 0, ""
    for place, label in enumerate([*labels.tolist(), 0]):
        name = LABELS[label]
        if role and (name == "O" or name[0] == "B"):
            out.add((role, start, place))
            role = ""
        if name[0] == "B":
            start, role = place, name[2:]
    return out


def evaluate(model: Trainee, examples: list[Example]) -> dict[str, float]:
    """Exact F1 of the labelled stretches on whole articles, by role."""
    model.eval()
    moves = (model.transitions.scores + model.transitions.legal).detach().numpy()
    right, predicted, gold = (dict.fromkeys(polnear.ROLES, 0) for _ in range(3))
    for each in examples:
        size = len(each.tokens)
        windows = list(tokens.windows(size, size=WINDOW - 2, overlap=64))
        emissions = np.zeros((size, len(LABELS)), dtype=np.float32)
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            labels = model.network(*batch([(each, w) for w in windows]))[0].float().numpy()
        for row, (window, own) in enumerate(
            zip(windows, tokens.owners(size, windows), strict=True)
        ):
            first = own.start - window.start + 1
            emissions[own] = labels[row, first : first + own.stop - own.start]
        ours, theirs = runs(decode(emissions, moves)), runs(each.labels)
        for role in polnear.ROLES:
            a, b = {r for r in ours if r[0] == role}, {r for r in theirs if r[0] == role}
            right[role] += len(a & b)
            predicted[role] += len(a)
            gold[role] += len(b)
    model.train()
    return {r: round(200 * right[r] / max(1, predicted[r] + gold[r]), 1) for r in polnear.ROLES}


def epoch_of(
    train: list[Example], pieces: Pieces | None, seed: int, epoch: int
) -> list[list[Window]]:
    """The batches of an epoch: the articles cut at other places each time, and other pieces."""
    shuffle = random.Random(seed * 1000 + epoch)  # noqa: S311 - no secret here
    chosen = [
        (each, cut)
        for each in train
        for cut in cuts(len(each.tokens), offset=shuffle.randrange(WINDOW - 2))
    ]
    drawn = pieces.draw(shuffle) if pieces else []
    chosen += [(each, slice(0, min(len(each.tokens), WINDOW - 2))) for each in drawn]
    return batches(chosen, shuffle)


def learn(
    model: Trainee,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    chosen: list[list[Window]],
    vectors: Tensor,
    name: str,
) -> dict[str, float]:
    """The mean losses over some batches, from each of which the model has learned."""
    sums, counts = dict.fromkeys(WEIGHTS, 0.0), dict.fromkeys(WEIGHTS, 0)
    for number, some in enumerate(chosen, start=1):
        found = losses(model, some, vectors)
        total = sum(WEIGHTS[head] * value for head, value in found.items())
        optimiser.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        for head, value in found.items():
            sums[head] += float(value.detach())
            counts[head] += 1
        means = {head: round(sums[head] / max(1, counts[head]), 4) for head in WEIGHTS}
        if number % 50 == 0:
            print(f"to {name}", number, len(chosen), means, flush=True)
    return means


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--polnear", "--start", "--silver", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument(
        "--from",
        dest="weights",
        type=Path,
        nargs="+",
        help="checkpoints; it goes on from their mean",
    )
    parser.add_argument("--layers", type=int, help="only the lowest so many, for a small model")
    parser.add_argument("--shared", type=Path, help="the research data, for pieces read alone")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--decay", type=float, default=0.9)
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(options.start / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    train, vectors = corpus(options.polnear / "train", tokenizer, options.silver)
    dev, _ = corpus(options.polnear / "dev", tokenizer, None)
    pieces = None
    if options.shared:
        kept_out = stories.kept_out(options.shared)
        read = [r for r in stories.stories(options.shared) if r.story not in kept_out]
        pieces = Pieces(list(polnear.articles(options.polnear / "train")), read, tokenizer)
    model = Trainee(from_bert(options.start, dropout=options.dropout, layers=options.layers))
    if options.weights:
        weights = average(options.weights)
        model.load_state_dict({name: weights[name] for name in model.state_dict()})
    optimiser = torch.optim.AdamW(
        groups(model, rate=options.rate, decay=options.decay), weight_decay=0.01, fused=True
    )
    steps = options.epochs * len(epoch_of(train, pieces, options.seed, 0))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1.0, (s + 1) / (0.06 * steps)) * max(0.02, 1 - s / steps)
    )
    begin, last = 0, options.out / "last.pt"
    if last.exists():
        held = torch.load(last, weights_only=False)
        model.load_state_dict(held["model"])
        optimiser.load_state_dict(held["optimiser"])
        schedule.load_state_dict(held["schedule"])
        begin = held["epoch"]
    data = fingerprint(train)
    for epoch in range(begin, options.epochs):
        chosen = epoch_of(train, pieces, options.seed, epoch)
        half = len(chosen) // 2
        for part, some in (("5", chosen[:half]), ("0", chosen[half:])):
            name = f"{epoch}.5" if part == "5" else str(epoch + 1)
            started = time.process_time()
            loss = learn(model, optimiser, schedule, some, vectors, name)
            line = {
                "epoch": name,
                "of": options.epochs,
                "seed": options.seed,
                "data": data,
                "cpu_seconds": round(time.process_time() - started),
                "loss": loss,
                "dev_exact_f1": evaluate(model, dev),
            }
            print(json.dumps(line), flush=True)
            with (options.out / "log.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")
            torch.save(model.state_dict(), options.out / f"epoch-{name}.pt")
        torch.save(
            {
                "model": model.state_dict(),
                "optimiser": optimiser.state_dict(),
                "schedule": schedule.state_dict(),
                "epoch": epoch + 1,
            },
            last,
        )


if __name__ == "__main__":
    main()
