"""The model: one forward pass over an article gives the states that every stage reads from.

A model is a folder: `model.onnx` (int8), `tokenizer.json`, `config.json`, `README.md` (the model
card). Long texts are read in overlapping windows; each token's states come from the window in
which it stands furthest from an edge.
"""

from __future__ import annotations

import copy
import functools
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from retold import text
from retold.errors import ModelError
from retold.reading import tokens
from retold.reading.tokens import Tokens
from retold.types import Article, Span

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

MODELS = Path(__file__).parent.parent / "models"
DEFAULT = "news-2"
FORMAT = 2
OVERLAP = 64
# windows in one call: on a CPU more does not read faster, and memory grows with it
BATCH = {"cpu": 8, "cuda": 64}
CUDA = "CUDAExecutionProvider"
Device = Literal["auto", "cpu", "cuda"]
OUTPUTS = ("labels", "mentions", "links", "passages")


@dataclass(frozen=True, slots=True, kw_only=True)
class States:
    """What the network says of each token of some paragraphs, a row a token.

    `labels` and `mentions` are scores of the labels named in the model's config, `links` the
    projections that link stretches, `passages` the states that are pooled into vectors.
    """

    tokens: Tokens
    labels: Floats
    mentions: Floats
    links: Floats
    passages: Floats

    def vectors(self, held: Sequence[Span]) -> bytes:
        """An int8 vector for each span, row after row, of length 127; zeros where no token is."""
        total = np.zeros((len(self.tokens) + 1, self.passages.shape[1]), dtype=np.float32)
        np.cumsum(self.passages, axis=0, out=total[1:])
        stretches = [self.tokens.within(span) for span in held]
        summed = total[[s.stop for s in stretches]] - total[[s.start for s in stretches]]
        norm = np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-9)
        rows: bytes = np.rint(summed / norm * 127).astype(np.int8).tobytes()
        return rows


class Encoder:
    """A loaded model. It holds a session and may be shared between threads."""

    def __init__(self, folder: Path, *, threads: int = 0, device: Device = "cpu") -> None:
        """Load the model in `folder`.

        Args:
            device: `cpu`, `cuda`, or `auto` for a GPU if there is one.

        Raises:
            ModelError: a file is missing or damaged, the model is of another version, or the device
                is not there.
        """
        providers = [CUDA] * (device_of(device) == "cuda") + ["CPUExecutionProvider"]
        remedy = "Install retold again, or give the folder of a model with --model."
        try:
            self.config: dict[str, Any] = json.loads((folder / "config.json").read_text("utf8"))
            if self.config["format"] != FORMAT:
                raise ModelError(
                    f"{folder}: a model of format {self.config['format']}; this retold reads "
                    f"format {FORMAT}.",
                    hint=remedy,
                )
            self.name = str(self.config["name"])
            self.window = int(self.config["window"])
            self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self.tokenizer.no_padding()
            self.tokenizer.no_truncation()
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = threads
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=providers
            )
        except ModelError:
            raise
        # each library has its own exceptions for a damaged file: all mean the same here
        except Exception as error:
            raise ModelError(f"{folder}: no usable model ({error}).", hint=remedy) from error
        # onnxruntime takes the CPU in silence where a GPU, its driver or a library is missing
        self._told: Callable[[float], None] = lambda share: None
        self.device = "cuda" if CUDA in self._session.get_providers() else "cpu"
        if device == "cuda" and self.device == "cpu":
            raise _no_gpu("its driver or a library of CUDA is missing")

    @classmethod
    def default(cls) -> Encoder:
        """The model that ships with retold, loaded once."""
        return cls.of(None)

    @classmethod
    def of(cls, folder: Path | None) -> Encoder:
        """The model in a folder, or without one that which ships with retold, loaded once.

        Raises:
            ModelError: as when it is loaded.
        """
        return _loaded(folder or MODELS / DEFAULT)

    def watched(self, told: Callable[[float], None]) -> Encoder:
        """The same model, which tells what share of an article each window was: one as long as a
        book takes a minute."""
        other = copy.copy(self)
        other._told = told
        return other

    def encode(self, article: Article) -> States:
        """The states of the title and the body of `article`."""
        return self.encode_paragraphs(article.text, text.paragraphs_of(article))

    def encode_paragraphs(self, source: str, paragraphs: Sequence[Span]) -> States:
        """The states of some paragraphs of `source`, in text order."""
        found = tokens.tokenise(source, paragraphs, self.tokenizer)
        windows = list(tokens.windows(len(found), size=self.window - 2, overlap=OVERLAP))
        rows = [(found, window) for window in windows] if len(found) else []
        parts = []
        owned = zip(windows, tokens.owners(len(found), windows), strict=False)
        for each, (window, own) in zip(self._run(rows), owned, strict=False):
            parts.append(each[own.start - window.start : own.stop - window.start])
            self._told((own.stop - own.start) / len(found))
        return self._states(found, parts)

    def encode_pieces(self, source: str, pieces: Sequence[Span]) -> list[States]:
        """The states of single pieces of `source`, each read as a sentence of its own."""
        found = [
            tokens.as_sentence(tokens.tokenise(source, (piece,), self.tokenizer))
            for piece in pieces
        ]
        rows = [(each, slice(0, min(len(each), self.window - 2))) for each in found]
        # a window costs what the longest beside it costs
        order = sorted(range(len(rows)), key=lambda n: rows[n][1].stop)
        parts = dict(zip(order, self._run([rows[n] for n in order]), strict=True))
        return [
            self._states(_first(each, len(parts[n])), [parts[n]]) for n, each in enumerate(found)
        ]

    def vector(self, words: str) -> bytes:
        """The int8 vector of some words, as `States.vectors` gives it of a passage."""
        whole = Span(0, len(words))
        (states,) = self.encode_pieces(words, (whole,))
        return states.vectors((whole,))

    def _states(self, found: Tokens, parts: Sequence[Floats]) -> States:
        """States from the stretches of output that tile the tokens."""
        sizes = [int(self.config["sizes"][name]) for name in OUTPUTS]
        edges = np.cumsum([0, *sizes])
        whole = np.concatenate(parts) if parts else np.zeros((0, edges[-1]), dtype=np.float32)
        split = {name: whole[:, a:b] for name, a, b in zip(OUTPUTS, edges, edges[1:], strict=False)}
        return States(tokens=found, **split)

    def _run(self, rows: Sequence[tuple[Tokens, slice]]) -> Iterator[Floats]:
        """All outputs side by side for each window, a row a token, without the frame."""
        together = BATCH[self.device]
        for at in range(0, len(rows), together):
            chosen = rows[at : at + together]
            length = max(window.stop - window.start for _, window in chosen) + 2
            ids = np.full((len(chosen), length), tokens.PAD, dtype=np.int64)
            shapes, mask = np.zeros_like(ids), np.zeros_like(ids)
            for row, (found, window) in enumerate(chosen):
                size = window.stop - window.start
                ids[row, 0], ids[row, size + 1] = tokens.CLS, tokens.SEP
                ids[row, 1 : size + 1] = found.ids[window]
                shapes[row, 1 : size + 1] = found.shapes[window]
                mask[row, : size + 2] = 1
            whole = np.concatenate(self._heads(ids, shapes, mask), axis=2)
            for row, (_, window) in enumerate(chosen):
                yield whole[row, 1 : window.stop - window.start + 1]

    def _heads(self, ids: Integers, shapes: Integers, mask: Integers) -> Sequence[Floats]:
        """The network's OUTPUTS for some windows."""
        feeds = {"ids": ids, "shapes": shapes, "mask": mask}
        heads: Sequence[Floats] = self._session.run(OUTPUTS, feeds)
        return heads


def device_of(asked: Device) -> str:
    """`cpu` or `cuda`: what to run on where `asked` is wanted.

    Raises:
        ModelError: a GPU is asked for, and this onnxruntime knows of none.
    """
    has_gpu = CUDA in onnxruntime.get_available_providers()
    if asked == "cuda" and not has_gpu:
        raise _no_gpu("the onnxruntime that is installed is the one for CPUs")
    return "cuda" if has_gpu and asked != "cpu" else "cpu"


def _no_gpu(why: str) -> ModelError:
    return ModelError(
        f"no GPU can be used: {why}.",
        hint="Install onnxruntime-gpu in place of onnxruntime, or leave --device away to read on "
        "the CPU.",
    )


def _first(found: Tokens, size: int) -> Tokens:
    """The first `size` tokens."""
    if size == len(found):
        return found
    return Tokens(
        ids=found.ids[:size],
        shapes=found.shapes[:size],
        starts=found.starts[:size],
        ends=found.ends[:size],
        paragraph=found.paragraph[:size],
    )


@functools.cache
def _loaded(folder: Path) -> Encoder:
    return Encoder(folder)
