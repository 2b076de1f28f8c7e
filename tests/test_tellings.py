"""Which accounts are not independent. All are invented."""

from __future__ import annotations

import dataclasses

from retold import spans
from retold.comparing import tellings
from retold.types import Reading
from tests import readings

AGENCY = (
    "A ferry ran aground off Varn on Monday with ninety people on board, and all of them were "
    "brought ashore before night fell over the strait. The harbour master said the tide was low. "
    "Divers will look at the hull in the morning and decide whether it can be towed to Lindhaven."
)


def test_same_text() -> None:
    """Wire copy under two mastheads is one telling, whatever was put before and after it."""
    one = readings.read(f"Ferry aground\n\n{AGENCY}", outlet="Wire")
    two = readings.read(
        f"Varn boat strands\n\n{AGENCY} Tickets are refunded at the pier.", outlet="Ledger"
    )
    found = tellings.find((one, two))
    assert [(t.article_ids, t.why) for t in found] == [
        ((one.article.id, two.article.id), "same text")
    ]


def test_a_shared_quotation_is_no_copy() -> None:
    """The same long words in quotation marks do not make one account of two."""
    said = f"“{AGENCY}”"
    one = readings.read(f"Ferry aground\n\nThe owner wrote this: {said}", outlet="A")
    two = readings.read(f"Owner speaks\n\nIn a letter he told his guests: {said}", outlet="B")
    assert [len(t.article_ids) for t in tellings.find((one, two))] == [1, 1]


def test_same_interview() -> None:
    """Two accounts of what one woman told one interviewer are one telling, with both places."""
    one = readings.read(
        "Quill regrets\n\nMayor Petra Quill said in an interview with Anton Breve that she erred."
    )
    two = readings.read(
        "Mayor sorry\n\nShe should have known, Petra Quill said in her interview with Anton Breve."
    )
    found = tellings.find((one, two))
    assert [t.why for t in found] == ["same interview: Anton Breve"]
    text = {r.article.id: r.article.text for r in (one, two)}
    shown = [spans.cut(text[p.article_id], p.span) for p in found[0].evidence]
    assert shown == ["Anton Breve", "Anton Breve"]


def test_two_guests_of_one_interviewer() -> None:
    """Two people who talked to the same interviewer are two tellings."""
    one = readings.read("A\n\nPetra Quill said in an interview with Anton Breve that it rained.")
    two = readings.read("B\n\nDana Holm said in an interview with Anton Breve that it snowed.")
    assert len(tellings.find((one, two))) == 2


def _whys(*held: Reading) -> list[tuple[int, str]]:
    return [(len(t.article_ids), t.why) for t in tellings.find(held)]


def test_same_report() -> None:
    """Two accounts whose main news is one outlet's report are one telling, however they say so."""
    one = readings.read(
        "Port to pay crowns\n\nThe port of Varn will pay, the Wall Street Journal reported Monday.",
        outlet="A",
    )
    two = readings.read(
        "Port settles\n\nAccording to a report in The Wall Street Journal, the port of Varn paid.",
        outlet="B",
    )
    assert _whys(one, two) == [(2, "same report: Wall Street Journal")]


def test_a_report_named_in_passing() -> None:
    """An outlet that is credited far from the main news joins nobody."""
    rain = "\n\n".join("It rained on the pier." for _ in range(4))
    late = f"{rain}\n\nVarn was poor, the Wall Street Journal reported in May."
    one = readings.read(f"Ferry aground\n\n{late}", outlet="A")
    two = readings.read(f"Mayor resigns\n\nPetra Quill left.\n\n{late}", outlet="B")
    assert [number for number, _ in _whys(one, two)] == [1, 1]


def test_the_report_itself() -> None:
    """An account of another's report, and that report, are one telling."""
    one = readings.read(
        "Port to pay\n\nThe port of Varn agreed to pay ninety million crowns to divers.",
        outlet="Wall Street Journal",
    )
    two = readings.read(
        "Crowns for divers\n\nThe port of Varn agreed to pay divers ninety million crowns, the "
        "Wall Street Journal reported.",
        outlet="B",
    )
    assert _whys(one, two) == [(2, "same report: Wall Street Journal")]


def test_the_report_itself_under_a_title_of_other_words() -> None:
    """It is enough that what is credited early is what the other's own head tells."""
    one = readings.read(
        "Keeper speaks\n\nA man rang.\n\nIn an interview with The Varn Ledger on Saturday, Ada "
        "Holt said that Conrad Quill rang her office before the ferry sailed.",
        outlet="The Varn Ledger",
    )
    two = readings.read(
        "Minister under fire\n\nA politician allegedly pressed an official.\n\nAda Holt told The "
        "Varn Ledger that Conrad Quill rang her office, and that the ferry sailed.",
        outlet="B",
    )
    assert _whys(one, two) == [(2, "same interview: Varn Ledger")]


def test_an_empty_article_of_the_newsroom() -> None:
    """An article of which nothing but its title is told is one telling by itself."""
    whole = readings.read("Port pays\n\nVarn pays.", outlet="Wall Street Journal")
    title = whole.article.sections[:1]
    one = dataclasses.replace(whole, article=dataclasses.replace(whole.article, sections=title))
    two = readings.read("Port pays\n\nVarn pays, the Wall Street Journal reported.", outlet="B")
    assert [number for number, _ in _whys(one, two)] == [1, 1]


def test_a_shared_weekday_is_no_shared_name() -> None:
    """Two guests of one outlet on one day are two tellings."""
    one = readings.read("A\n\nA clerk of the port told CNN on Monday that it rained.", outlet="A")
    two = readings.read("B\n\nA diver told CNN on Monday that it snowed.", outlet="B")
    assert [number for number, _ in _whys(one, two)] == [1, 1]


def test_an_account_alone_says_what_it_rests_on() -> None:
    """One account that names its interview shows it, in the text's own words."""
    one = readings.read(
        "Quill film\n\nQuill told it to film maker Ida Stern, whose interviews appear in June."
    )
    two = readings.read("Rain\n\nIt rained on Varn all day.")
    assert [t.why for t in tellings.find((one, two))] == ["interview: Ida Stern", ""]


def test_every_article_in_one_telling() -> None:
    """Tellings part the articles: none is left out, none comes twice."""
    held = (*readings.fire(), readings.read("Rain\n\nIt rained on Varn all day."))
    found = [a for t in tellings.find(held) for a in t.article_ids]
    assert sorted(found) == sorted(r.article.id for r in held)


def test_reprints() -> None:
    """A word-for-word reprint is known with the passage that it has for each of the first."""
    courier, herald = readings.fire()
    copy = readings.again(courier, "https://reprint.example/1")
    found = tellings.reprints((courier, herald, copy))
    assert [r.article_id for r in found] == [copy.article.id]
    assert list(found[0].passages) == [p.id for p in courier.passages]


def test_among() -> None:
    """Of the articles named, those of one origin stand together."""
    one = readings.read(f"Ferry aground\n\n{AGENCY}", outlet="Wire")
    two = readings.read(f"Strands\n\n{AGENCY} Tickets are refunded.", outlet="Ledger")
    three = readings.read("Rain\n\nIt rained on Varn all day.")
    found = tellings.find((one, three, two))
    ids = (one.article.id, two.article.id)
    assert tellings.among(found, ids) == (ids,)
