"""How speakers and chains are measured, on invented cases."""

from __future__ import annotations

from typing import Any

from evaluation import reporting, speakers, speakers_gum
from retold import marked, spans
from retold.types import Article, Section, SectionKind, Span

CONLLU = """# newdoc id = GUM_news_pier
# newpar
1\tAnna\tAnna\tPROPN\tNNP\t_\t3\tnsubj\t_\tEntity=(1-person-new-2-sgl
2\tHolt\tHolt\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)
3\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

1\tTom\tTom\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(2-person-new-1-sgl)
2\twaited\twait\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\tEntity=(1-person-giv-1-sgl)
2\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_
3\tit\tit\tPRON\tPRP\t_\t4\tnsubj\t_\t_
4\trained\train\tVERB\tVBD\t_\t2\tccomp\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_
"""


def case(text: str, *golds: dict[str, Any]) -> speakers.Case:
    bare, triples = marked.parse(text)
    body = Section(kind=SectionKind.BODY, span=Span(0, len(bare)))
    article = Article(id="a", text=bare, sections=(body,))
    return speakers.Case(story="s", article=article, triples=triples, golds=golds)


def test_chains_are_counted_by_depth_both_ways() -> None:
    """A chain that the gold has and is not told is missed; one that it has not is given falsely."""
    tally = speakers.measure(
        [
            case(
                "{q1 “{s2 Karl Weiss} {c2 said} {q2 no},”} {s1 Anna Holt} {c1 said}. "
                "{s3 Tom Reuter} {c3 said} {q3 so}.",
                {"speaker": "Anna Holt", "source": "Anna Holt"},
                {"speaker": "Karl Weiss", "source": "Karl Weiss"},
                {"speaker": "Tom Reuter", "source": "Tom Reuter", "chain": ["AP", "Tom Reuter"]},
            )
        ]
    )
    assert (tally.chains_asked, tally.chains) == ({2: 1}, {2: 0})
    assert (tally.chains_given, tally.chains_held) == ({2: 1}, {2: 0})
    assert sum(tally.right.values()) == 3
    assert [fault.line.split(":")[1].strip() for fault in tally.errors] == [
        "Anna Holt › Karl Weiss (0.97) for Karl Weiss",
        "Tom Reuter (0.97) for AP › Tom Reuter",
    ]


def test_the_surest_errors_come_first_and_once() -> None:
    """What is most instructive is where the answer was surest."""
    faults = [
        speakers.Fault(score=s, line=line) for s, line in ((0.5, "b"), (0.9, "a"), (0.5, "b"))
    ]
    assert speakers.worst(faults, 5) == ["a", "b"]


def test_a_tree_gives_source_cue_content_and_who() -> None:
    """A verb of saying with its subject is a case; the entity's names are what counts as right."""
    document = speakers_gum.document(CONLLU)
    assert document is not None
    triple, text = document.triples[0], document.article.text
    assert [spans.cut(text, piece[0]) for piece in (triple.source, triple.cue, triple.content)] == [
        "She",
        "said",
        " it rained.",
    ]
    assert (document.names, document.kinds) == ((("Anna Holt",),), ("pronoun",))


def test_the_plain_rule_takes_the_person_named_last() -> None:
    """Beside what is told stands what "the nearest person" would have told."""
    document = speakers_gum.document(CONLLU)
    assert document is not None
    table, errors = reporting.figures([document])
    assert table.splitlines()[-1].split() == ["all", "1", "1.000", "0.000"]
    assert errors == []
