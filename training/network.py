"""The network: one encoder of the BERT kind, four heads on one forward pass.

Written out rather than taken from a library, so that what is exported is what stands here.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - the name that every reader of torch knows

from retold.reading import tokens
from training.labels import LABELS, MENTIONS

LINK_SIZE = 64
LINK_SIDES = ("content to cue", "cue from content", "cue to source", "source from cue")


class Layer(nn.Module):
    """A transformer layer, normalised after each half, as in BERT."""

    def __init__(self, size: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.dropout = nn.Dropout(dropout)
        self.query, self.key, self.value, self.out = (nn.Linear(size, size) for _ in range(4))
        self.norm_attention, self.norm_output = (nn.LayerNorm(size, eps=1e-12) for _ in range(2))
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        batch, length, size = states.shape

        def split(projected: Tensor) -> Tensor:
            return projected.view(batch, length, self.heads, size // self.heads).transpose(1, 2)

        query, key, value = (split(part(states)) for part in (self.query, self.key, self.value))
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=bias.to(query.dtype))
        mixed = mixed.transpose(1, 2).reshape(batch, length, size)
        states = self.norm_attention(states + self.dropout(self.out(mixed)))
        return self.norm_output(states + self.dropout(self.down(F.gelu(self.up(states)))))


class Network(nn.Module):
    """ids, shapes, mask (batch × length) → labels, mentions, links, passages (… × size)."""

    def __init__(self, *, size: int = 384, layers: int = 6, heads: int = 12, inner: int = 1536,
                 words: int = 30522, positions: int = 512,
                 dropout: float = 0.0) -> None:  # fmt: skip
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.words = nn.Embedding(words, size)
        self.positions = nn.Embedding(positions, size)
        self.shapes = nn.Embedding(tokens.SHAPES, size)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size, heads, inner, dropout) for _ in range(layers))
        self.labels = nn.Linear(size, len(LABELS))
        self.mentions = nn.Linear(size, len(MENTIONS))
        self.links = nn.Linear(size, LINK_SIZE * len(LINK_SIDES))
        self.passages = nn.Linear(size, size)
        nn.init.zeros_(self.shapes.weight)
        nn.init.eye_(self.passages.weight)
        nn.init.zeros_(self.passages.bias)

    def forward(
        self, ids: Tensor, shapes: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        place = torch.arange(ids.shape[1], device=ids.device)
        states = self.norm(self.words(ids) + self.positions(place) + self.shapes(shapes))
        states = self.dropout(states)
        bias = (1.0 - mask[:, None, None, :].to(states.dtype)) * -1e4
        for layer in self.layers:
            states = layer(states, bias)
        states = states.float()
        return (
            self.labels(states),
            self.mentions(states),
            self.links(states),
            self.passages(states),
        )


def from_bert(folder: Path, *, dropout: float = 0.0, layers: int | None = None) -> Network:
    """A network whose encoder starts from the BERT weights in `folder`, or from its first `layers`.

    Dropout is of states alone: of attention it would more than double the time of a step on a CPU.
    """
    config = json.loads((folder / "config.json").read_text("utf8"))
    held = load_file(folder / "model.safetensors")
    layers = layers or config["num_hidden_layers"]
    network = Network(
        size=config["hidden_size"],
        layers=layers,
        heads=config["num_attention_heads"],
        inner=config["intermediate_size"],
        words=config["vocab_size"],
        positions=config["max_position_embeddings"],
        dropout=dropout,
    )
    state = network.state_dict()
    table = "embeddings."
    state["words.weight"] = held[f"{table}word_embeddings.weight"]
    # every token is of the first type: its embedding is the same everywhere
    state["positions.weight"] = (
        held[f"{table}position_embeddings.weight"] + held[f"{table}token_type_embeddings.weight"][0]
    )
    parts = {"norm": "embeddings.LayerNorm"}
    for number in range(layers):
        theirs = f"encoder.layer.{number}."
        for ours, name in {
            "query": "attention.self.query", "key": "attention.self.key",
            "value": "attention.self.value", "out": "attention.output.dense",
            "norm_attention": "attention.output.LayerNorm", "up": "intermediate.dense",
            "down": "output.dense", "norm_output": "output.LayerNorm",
        }.items():  # fmt: skip
            parts[f"layers.{number}.{ours}"] = theirs + name
    for ours, name in parts.items():
        for kind in ("weight", "bias"):
            state[f"{ours}.{kind}"] = held[f"{name}.{kind}"]
    network.load_state_dict(state)
    return network


class Transitions(nn.Module):
    """A linear chain over labels: which may follow which, and how gladly."""

    def __init__(self) -> None:
        super().__init__()
        self.scores = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        legal = torch.zeros(len(LABELS), len(LABELS))
        for i, before in enumerate(LABELS):
            for j, after in enumerate(LABELS):
                if after.startswith("I-") and before[2:] != after[2:]:
                    legal[i, j] = -1e4
        self.register_buffer("legal", legal)

    def loss(self, emissions: Tensor, allowed: Tensor, mask: Tensor) -> Tensor:
        """Minus the log-likelihood of all paths through `allowed`, summed over the batch.

        `allowed` (batch × length × labels) is true where the label may stand: one label a token
        where the truth is known, several where it is known in part.
        """
        step = self.scores + self.legal
        both = torch.cat([emissions, emissions.masked_fill(~allowed, -1e4)])
        real = torch.cat([mask, mask])
        alpha = both[:, 0]
        for place in range(1, both.shape[1]):
            after = torch.logsumexp(alpha[:, :, None] + step, dim=1) + both[:, place]
            alpha = torch.where(real[:, place, None] > 0, after, alpha)
        every, right = torch.logsumexp(alpha, dim=1).chunk(2)
        return (every - right).sum()
