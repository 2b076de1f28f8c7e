"""Which cue a content belongs to, and which source a cue has: scores between stretches.

The score of two stretches is the product of their projected mean states and a bias for how they
lie to one another. `reading.attributions` computes the same from the exported weights.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from retold.reading import linking
from training.examples import Example, choices
from training.labels import RELATIONS
from training.network import LINK_SIZE


class Links(nn.Module):
    """Bias tables, one a relation: distance, paragraphs between, and the score of having none."""

    def __init__(self) -> None:
        super().__init__()
        self.distance = nn.Parameter(torch.zeros(len(RELATIONS), linking.DISTANCES))
        self.between = nn.Parameter(torch.zeros(len(RELATIONS), linking.BETWEEN))
        self.none = nn.Parameter(torch.zeros(len(RELATIONS)))

    def scores(
        self,
        relation: int,
        states: Tensor,
        left: list[tuple[int, int]],
        right: list[tuple[int, int]],
        paragraph: Tensor,
    ) -> Tensor:
        """len(left) × (len(right) + 1) scores; the last column is for none."""
        side = states.view(states.shape[0], 2 * len(RELATIONS), LINK_SIZE)
        total = torch.cat([torch.zeros(1, *side.shape[1:]), side.cumsum(0)])

        def means(stretches: list[tuple[int, int]], which: int) -> Tensor:
            first, last = (torch.tensor([s[i] for s in stretches]) for i in (0, 1))
            return (total[last, which] - total[first, which]) / (last - first)[:, None]

        product = means(left, 2 * relation) @ means(right, 2 * relation + 1).T / LINK_SIZE**0.5
        distances = torch.tensor([[linking.distance(a, b) for b in right] for a in left])
        places = paragraph.tolist()
        between = torch.tensor(
            [[linking.between(places[a[0]], places[b[0]]) for b in right] for a in left]
        )
        bias = self.distance[relation][distances] + self.between[relation][between]
        none = self.none[relation].expand(len(left), 1)
        return torch.cat([product + bias, none], dim=1)


def loss(links: Links, example: Example, states: Tensor, window: slice) -> tuple[Tensor, int]:
    """Minus the log-likelihood of the links within a window, and how many there are."""
    paragraph = torch.from_numpy(example.tokens.paragraph[window])
    total, count = states.new_zeros(()), 0
    for relation, asked in enumerate(choices(example, window)):
        if not asked.left or not asked.right:
            continue
        scores = links.scores(relation, states, asked.left, asked.right, paragraph)
        scores = torch.log_softmax(scores, dim=1)
        for row, target in zip(scores, asked.targets, strict=True):
            total = total - torch.logsumexp(row[target], dim=0)
        count += len(asked.left)
    return total, count
