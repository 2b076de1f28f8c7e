"""The measures of times are counted as the field counts them."""

from __future__ import annotations

from collections import Counter

import pytest

from evaluation import times
from retold.errors import FormatError
from retold.types import Event, Span

RAW = """<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2015-03-31">20150331</TIMEX3></DCT>
<TEXT>The dam <EVENT eid="e1">fell</EVENT> on <TIMEX3 type="DATE" value="2015-03-27">Friday</TIMEX3>
&amp; held for <TIMEX3 type="DURATION" value="P2Y">some two years</TIMEX3> until
<TIMEX3 type="DATE" value="PAST_REF">once</TIMEX3>.</TEXT></TimeML>"""


def test_parse() -> None:
    """A TimeML file gives its text without tags and its expressions with their places."""
    document = times.parse("a.tml", RAW)
    words = [document.text[start:end] for start, end, _, _ in document.marked]
    assert words == ["Friday", "some two years", "once"]
    assert "on Friday\n& held" in document.text


def test_no_date() -> None:
    """A file without a creation date is refused by name."""
    with pytest.raises(FormatError, match=r"a\.tml"):
        times.parse("a.tml", "<TimeML></TimeML>")


def test_count() -> None:
    """Relaxed counts an overlap, strict the same span, value the same value, one to one."""
    expected = Counter(gold=3, predicted=2, relaxed=2, strict=2, type=2, value=2)
    assert times.count(times.parse("a.tml", RAW)) == expected


@pytest.mark.parametrize(
    ("date", "gold", "same"),
    [
        ("2015-03-27", "2015-03", True),
        ("2015-03", "2015-03-27", True),
        ("2015", "2015-03", False),
        ("2015-03~", "2015-03", True),
        ("2015-04", "2015-03", False),
    ],
)
def test_same_at_the_precision_of_the_gold(date: str, gold: str, *, same: bool) -> None:
    """A date is right at the gold's precision; a month is as good as its day, a year is not."""
    event = Event(article_id="a", span=Span(0, 10), date=date, claim_id=None)
    assert times.is_same(event, "a", Span(5, 8), gold) == same
