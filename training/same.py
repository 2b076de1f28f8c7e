r"""Whether an exported model labels the same stretches as the network of torch that it was made of.

    python -m training.same --run RUN_DIR --epochs 1 1.5 2 2.5 3 --start MINILM_DIR \
        --polnear DIR --model FOLDER

Prints how many stretches of PolNeAR's dev part are the same; exit code 1 if less than --least are.
A float model has all but a handful, or the export is wrong; int8 has most.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from evaluation import polnear
from evaluation.polnear_models import shared
from retold.reading.encoder import Encoder, Floats, Integers
from training.network import Network, from_bert
from training.train import Trainee, average


class InTorch(Encoder):
    """An encoder that runs a network of torch where others run what was exported."""

    def __init__(self, folder: Path, network: Network) -> None:
        super().__init__(folder, threads=1)
        self._network = network.eval()

    def _heads(self, ids: Integers, shapes: Integers, mask: Integers) -> Sequence[Floats]:
        with torch.no_grad():
            held = self._network(*map(torch.from_numpy, (ids, shapes, mask)))
        return [each.numpy() for each in held]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--run", "--start", "--polnear", "--model"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--epochs", nargs="+", required=True, help="those averaged")
    parser.add_argument("--least", type=float, default=0.99, help="the share that must be the same")
    options = parser.parse_args()
    model = Trainee(from_bert(options.start))
    model.load_state_dict(average([options.run / f"epoch-{n}.pt" for n in options.epochs]))
    encoders = InTorch(options.model, model.network), Encoder(options.model, threads=1)
    ours, theirs = (
        frozenset(
            (row["doc"], row["label"], row["start"], row["end"])
            for row in polnear.labels(options.polnear / "dev" / "text", encoder=encoder)
        )
        for encoder in encoders
    )
    share = shared(ours, theirs)
    print(f"torch {len(ours)} stretches, {options.model} {len(theirs)}: {share:.4f} the same")
    return 0 if share >= options.least else 1


if __name__ == "__main__":
    sys.exit(main())
