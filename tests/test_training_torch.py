"""The network in torch, as small as it can be; skipped where torch is not installed."""

from __future__ import annotations

import math
import random
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from retold import marked, text
from retold.reading import stretches
from retold.reading.encoder import DEFAULT, MODELS, Encoder
from retold.types import Article, Section, SectionKind, Span
from training.polnear import Annotated

torch = pytest.importorskip("torch", reason="the training extra is not installed")
pytest.importorskip("onnx", reason="the training extra is not installed")

from training import export, same, train  # noqa: E402 - after torch is known to be there
from training.examples import Example, example  # noqa: E402
from training.network import Network  # noqa: E402

TOKENIZER = MODELS / DEFAULT / "tokenizer.json"
WORDS = "{s1 Holt} {c1 said} {q1 it would hold}. {q2 “It fell,”} {s2 Vance} {c2 said}."


@pytest.fixture
def model() -> train.Trainee:
    torch.manual_seed(1)
    return train.Trainee(Network(size=24, layers=1, heads=2, inner=32))


def lesson() -> Example:
    bare, triples = marked.parse(WORDS)
    roles = tuple({"source": t.source, "cue": t.cue, "content": t.content} for t in triples)
    article = Annotated(name="invented", text=bare, attributions=roles, discarded=())
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return example(article, tokenizer, mentions=[(0, 4, "person")])


def test_a_few_steps_lower_every_loss(model: train.Trainee) -> None:
    """The labels, mentions and links of one text are learned by heart."""
    window = (lesson(), slice(0, len(lesson().labels)))
    optimiser = torch.optim.AdamW(train.groups(model, rate=2e-3, decay=1.0))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda _: 1.0)
    nothing = torch.zeros(0, 1)
    first = train.learn(model, optimiser, schedule, [[window]], nothing, "first")
    train.learn(model, optimiser, schedule, [[window]] * 40, nothing, "more")
    last = train.learn(model, optimiser, schedule, [[window]], nothing, "last")
    assert [last[head] < first[head] for head in ("labels", "mentions", "links")] == [True] * 3


def test_an_open_label_costs_no_more_than_any_known_one(model: train.Trainee) -> None:
    """The loss of a chain counts every path that is allowed, so that more paths cost less."""
    torch.manual_seed(2)
    emissions, mask = torch.randn(1, 4, 7), torch.ones(1, 4, dtype=torch.long)
    one = torch.zeros(1, 4, 7, dtype=torch.bool)
    one[..., 0] = True
    several = one.clone()
    several[0, 1, 3] = True
    every = torch.ones_like(one)
    loss = model.transitions.loss
    known, part, none = (float(loss(emissions, m, mask).detach()) for m in (one, several, every))
    assert known > part > none
    assert math.isclose(none, 0.0, abs_tol=1e-5)


def test_windows_tile_an_article() -> None:
    """Each token stands in one window, but for a rest that is too short to learn from."""
    length, offset = 700, 100
    held = [place for cut in train.cuts(length, offset=offset) for place in range(length)[cut]]
    assert held == list(range(length))


def test_a_batch_stays_within_its_tokens() -> None:
    """Windows of one length go together, none is lost, and padding counts."""
    windows = [(lesson(), slice(0, size)) for size in (4, 250, 9, 250, 40) * 4]
    made = train.batches(list(windows), random.Random(1))  # noqa: S311 - no secret here
    sizes = [max(w.stop - w.start + 2 for _, w in some) * len(some) for some in made]
    assert max(sizes) <= train.BATCH
    assert sum(len(some) for some in made) == len(windows)


def test_what_is_exported_labels_as_torch_does(model: train.Trainee, tmp_path: Path) -> None:
    """The float export of a network gives the same stretches to the character."""
    (tmp_path / "tokenizer.json").write_bytes(TOKENIZER.read_bytes())
    folder = tmp_path / "tiny"
    export.export(model, tmp_path, folder, is_quantised=False)
    words = "The mayor said that the bridge would hold. “It fell,” she wrote. " * 40
    body = Section(kind=SectionKind.BODY, span=Span(0, len(words)))
    article = Article(id="a", text=words, sections=(body,))
    exported, in_torch = Encoder(folder, threads=1), same.InTorch(folder, model.network)
    bounds = text.paragraphs_of(article)
    found, expected = (
        stretches.labelled(words, encoder.encode(article), encoder, bounds)
        for encoder in (exported, in_torch)
    )
    assert expected
    assert found == expected
