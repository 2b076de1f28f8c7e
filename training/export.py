r"""From a training run to the folder that ships: ONNX, int8, config.

    python -m training.export --run RUN_DIR --epochs 1 1.5 2 2.5 3 --start MINILM_DIR \
        --out src/retold/models/news-2
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from retold.reading import confidence
from retold.reading.encoder import FORMAT, OUTPUTS
from training.labels import LABELS, MENTIONS, RELATIONS
from training.network import LINK_SIZE, from_bert
from training.train import WINDOW, Trainee, average


def config(model: Trainee, name: str) -> dict[str, object]:
    """What a reader of the model must know beside its weights."""

    def rows(tensor: torch.Tensor) -> object:
        return [[round(float(v), 5) for v in row] for row in tensor.detach()]

    size = model.network.words.embedding_dim
    return {
        "format": FORMAT,
        "name": name,
        "window": WINDOW,
        "labels": LABELS,
        "mention_labels": MENTIONS,
        "sizes": dict(
            zip(
                OUTPUTS,
                (len(LABELS), len(MENTIONS), 2 * len(RELATIONS) * LINK_SIZE, size),
                strict=True,
            )
        ),
        "link_size": LINK_SIZE,
        "transitions": rows(model.transitions.scores + model.transitions.legal),
        "link_distance": rows(model.links.distance),
        "link_between": rows(model.links.between),
        # until training.confidence has fitted them: sure of everything
        "confidence": [0.0] * len(confidence.NAMES),
        "min_confidence": 0.0,
        "confidence_within": [0.0] * len(confidence.WITHIN),
        "min_within": 0.0,
        "link_none": [round(float(v), 5) for v in model.links.none.detach()],
    }


def export(
    model: Trainee, start: Path, out: Path, *, is_quantised: bool = True, plain_parts: str = ""
) -> None:
    """Write the model folder `out` from a trained model.

    Of what is quantised the parts stay float in whose names `plain_parts` is found, a pattern.
    """
    out.mkdir(parents=True, exist_ok=True)
    network = model.network.eval()
    ids = torch.ones(2, 16, dtype=torch.long)
    axes = {0: "batch", 1: "length"}
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain, ready = Path(scratch) / "plain.onnx", Path(scratch) / "ready.onnx"
        torch.onnx.export(
            network,
            (ids, torch.zeros_like(ids), ids),
            str(plain),
            input_names=["ids", "shapes", "mask"],
            output_names=list(OUTPUTS),
            dynamic_axes=dict.fromkeys(("ids", "shapes", "mask", *OUTPUTS), axes),
            opset_version=17,
            dynamo=False,
        )
        if is_quantised:
            quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
            names = [node.name for node in onnx.load(str(ready)).graph.node]
            quantize_dynamic(
                str(ready),
                str(out / "model.onnx"),
                weight_type=QuantType.QInt8,
                per_channel=True,
                nodes_to_exclude=[n for n in names if plain_parts and re.search(plain_parts, n)],
            )
        else:
            shutil.copy(plain, out / "model.onnx")
    shutil.copy(start / "tokenizer.json", out / "tokenizer.json")
    (out / "config.json").write_text(json.dumps(config(model, out.name), indent=1) + "\n", "utf8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--run", "--start", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--epochs", nargs="+", required=True, help="those averaged")
    parser.add_argument("--float", action="store_true", help="do not quantise, to compare")
    parser.add_argument("--plain", default="", help="parts that stay float: 'query|key'")
    options = parser.parse_args()
    held = average([options.run / f"epoch-{n}.pt" for n in options.epochs])
    layers = 1 + max(int(n.split(".")[2]) for n in held if n.startswith("network.layers."))
    model = Trainee(from_bert(options.start, layers=layers))
    model.load_state_dict(held)
    export(
        model,
        options.start,
        options.out,
        is_quantised=not options.float,
        plain_parts=options.plain,
    )
    print(f"{options.out}: {(options.out / 'model.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
