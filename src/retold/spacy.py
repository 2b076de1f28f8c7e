"""retold as a component of a spaCy pipeline: `nlp.add_pipe("retold")`.

Each document is read as an article of its own text; what is found is in `doc._.retold`,
`doc._.attributions`, `doc._.speakers` and the span groups `source`, `cue` and `content`.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from retold.errors import FormatError, SourceError
from retold.showing.export import docbin

docbin.register()


def read(doc: Doc) -> Doc:
    """The document with its records; one without article text stays as it is.

    Raises:
        FormatError: the text is not as retold keeps it, so that no offset would be right.
    """
    from retold import pipeline, sources  # spaCy loads every component there is when it starts

    try:
        article = sources.article(doc.text)
    except SourceError:
        return doc
    if article.text != doc.text:
        raise FormatError(
            "the text is not in NFC with \\n line ends.",
            hint="Give nlp(retold.text.normalise(text)).",
        )
    return docbin.attach(doc, pipeline.compare((pipeline.read(article),)))


Language.component("retold", assigns=["doc._.retold", "doc.spans"], func=read)
