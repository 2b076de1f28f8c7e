"""Which accounts of one claim are one telling. All are invented."""

from __future__ import annotations

from retold.comparing import confirmation, people
from retold.spans import cut
from retold.types import Claim, Passage, Reading
from tests import readings

SAID = "the pier at Lindhaven will be closed until the beams are sound"
TOLD = "the Lindhaven pier will be closed for good"


def _read(text: str, outlet: str, *speakers: str) -> Reading:
    return readings.read(
        f"News\n\n{text}", outlet=outlet, speakers=speakers or ("Petra Quill",) * text.count("{s")
    )


def _claim(held: tuple[Reading, ...], *, words: str = "pier", score: float = 0.9) -> Claim:
    """A claim of the passages of each reading that hold `words`."""
    passages: list[Passage] = []
    for reading in held:
        text = reading.article.text
        passages += [p for p in reading.passages if words in cut(text, p.span)][:1]
    return Claim(
        id="c1",
        passages=tuple(passages),
        tellings=tuple((r.article.id,) for r in held),
        silent=(),
        differences=(),
        variants=(),
        score=score,
    )


def _counted(*held: Reading, score: float = 0.9) -> tuple[int, list[str], list[str]]:
    """The tellings of a claim told by all, why accounts are one, and the words that say so."""
    (found,) = confirmation.count([_claim(held, score=score)], held, people.merge(held))
    text = {r.article.id: r.article.text for r in held}
    shown = [cut(text[p.article_id], p.span) for o in found.origins for p in o.evidence]
    return len(found.tellings), [o.why for o in found.origins], shown


def test_same_interview() -> None:
    """Two accounts of what one person told a third outlet are one telling, with both places."""
    one = _read(f"{{s1 Petra Quill}} {{c1 told}} CNN {{q1 that {TOLD}}}.", "A")
    two = _read(f"{{s1 Petra Quill}} {{c1 said}} in a CNN interview {{q1 that {TOLD}}}.", "B")
    assert _counted(one, two) == (1, ["same interview: CNN"], ["CNN", "CNN"])


def test_same_statement() -> None:
    """What two accounts have from one person's statement is one telling."""
    one = _read(f"{{s1 Petra Quill}} {{c1 said}} in a statement {{q1 that {TOLD}}}.", "A")
    two = _read(f"In a statement, {{s1 Petra Quill}} {{c1 said}} {{q1 that {TOLD}}}.", "B")
    why = ["same statement: Petra Quill"]
    assert _counted(one, two) == (1, why, ["in a statement", "In a statement"])


def test_statements_of_two() -> None:
    """Statements of two persons are two tellings."""
    one = _read(f"{{s1 Petra Quill}} {{c1 said}} in a statement {{q1 that {TOLD}}}.", "A")
    two = _read(
        f"In a statement, {{s1 Dana Holm}} {{c1 said}} {{q1 that {TOLD}}}.", "B", "Dana Holm"
    )
    assert _counted(one, two) == (2, [], [])


def test_two_guests_of_one_outlet() -> None:
    """Two persons who tell one outlet the same are two tellings."""
    one = _read(f"{{s1 Petra Quill}} {{c1 told}} CNN {{q1 that {TOLD}}}.", "A")
    two = _read(f"{{s1 Dana Holm}} {{c1 told}} CNN {{q1 that {TOLD}}}.", "B", "Dana Holm")
    assert _counted(one, two) == (2, [], [])


def test_what_many_heard_is_no_copy() -> None:
    """Two accounts of what one person said, with no paper or outlet named, confirm each other."""
    one = _read(f"{{s1 Petra Quill}} {{c1 said}} {{q1 “{SAID}.”}}", "A")
    two = _read(f"{{s1 Petra Quill}} {{c1 told}} a rally {{q1 “{SAID}.”}}", "B")
    assert _counted(one, two) == (2, [], [])


def test_the_newsroom_itself() -> None:
    """An account that credits an outlet, and that outlet's own, are one telling."""
    one = _read(f"{{s1 Petra Quill}} {{c1 told}} CNN {{q1 that {TOLD}}}.", "A")
    two = _read(f"{{s1 Petra Quill}} {{c1 said}} {{q1 that {TOLD}}}.", "CNN")
    assert _counted(one, two)[:2] == (1, ["same interview: CNN"])


def test_same_quotation_out_of_a_statement() -> None:
    """Where one account quotes a statement, and the other the same words of the same person, both
    have them from it."""
    one = _read(f"{{q1 “{SAID},”}} {{s1 Petra Quill}} {{c1 said}} in a statement.", "A")
    two = _read(f"{{q1 “{SAID},”}} {{c1 said}} {{s1 Petra Quill}}.", "B")
    assert _counted(one, two) == (1, ["same statement: Petra Quill"], ["in a statement", SAID])


def test_an_account_that_was_told_so_itself() -> None:
    """Who was told it himself rests on no other outlet, though he names one."""
    report = f"{{s1 Petra Quill}} {{c1 said}} {{q1 that {TOLD}}}, CNN reported."
    told = f"{{s1 Petra Quill}} {{c1 told}} Reuters, as CNN reported, {{q1 that {TOLD}}}."
    one, two = _read(report, "A"), _read(told, "Reuters")
    assert _counted(one, two) == (2, [], [])


def test_same_words() -> None:
    """Twelve of an outlet's own words in a row in both are a copy."""
    one = _read(f"On Monday it was clear that {SAID}.", "A")
    two = _read(f"Whatever the port may say, {SAID}.", "B")
    assert _counted(one, two) == (1, ["same words"], [SAID, SAID])


def test_same_document() -> None:
    """What two accounts have from the indictment is one telling."""
    one = _read(f"{{s1 The indictment}} {{c1 says}} {{q1 that {TOLD}}}.", "A", "indictment")
    two = _read(f"{{c1 According to}} {{s1 the indictment}}, {{q1 {TOLD}}}.", "B", "indictment")
    why = ["same document: indictment"]
    assert _counted(one, two) == (1, why, ["The indictment", "the indictment"])


def test_an_unsure_claim_is_left_alone() -> None:
    """Passages that may tell two things are not made one telling."""
    one = _read(f"{{s1 Petra Quill}} {{c1 told}} CNN {{q1 that {TOLD}}}.", "A")
    two = _read(f"{{s1 Petra Quill}} {{c1 told}} CNN {{q1 that {TOLD}}}.", "B")
    assert _counted(one, two, score=0.3) == (2, [], [])


def test_a_third_account_stays_apart() -> None:
    """Of three accounts two are joined; the tellings stay in the order of the articles."""
    one = _read("{s1 Petra Quill} {c1 told} CNN {q1 that the Lindhaven pier will be closed}.", "A")
    two = _read(
        "{s1 Dana Holm} {c1 saw} {q1 the Lindhaven pier closed for good}.", "B", "Dana Holm"
    )
    three = _read("{s1 Petra Quill} {c1 told} CNN {q1 the Lindhaven pier closed on Monday}.", "C")
    held = (one, two, three)
    (found,) = confirmation.count([_claim(held)], held, people.merge(held))
    ids = [r.article.id for r in held]
    assert found.tellings == ((ids[0], ids[2]), (ids[1],))


def test_evidence_stands_in_its_article() -> None:
    """Each place of the evidence lies in the text that it names."""
    one = _read(f"{{s1 Petra Quill}} {{c1 told}} CNN {{q1 that {TOLD}}}.", "A")
    two = _read(f"On Monday {{s1 Petra Quill}} {{c1 told}} CNN {{q1 that {TOLD}}}.", "B")
    (found,) = confirmation.count([_claim((one, two))], (one, two), people.merge((one, two)))
    length = {r.article.id: len(r.article.text) for r in (one, two)}
    (origin,) = found.origins
    assert all(place.span.end <= length[place.article_id] for place in origin.evidence)
