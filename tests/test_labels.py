"""What the articles of a story are called. All outlets are invented."""

from __future__ import annotations

import dataclasses
import datetime as dt

from retold.comparing import labels
from tests import stories


def test_articles_of_one_outlet_are_told_apart() -> None:
    """Labels are unique: by date first, then by number."""
    post, wire, _ = stories.bridge_articles()
    again = [
        dataclasses.replace(post, id="a"),
        dataclasses.replace(post, id="b", published=dt.date(2031, 5, 9)),
        dataclasses.replace(post, id="c"),
        wire,
    ]
    assert list(labels.of(again).values()) == [
        "Harbour Post 2031-05-06 (1)",
        "Harbour Post 2031-05-09",
        "Harbour Post 2031-05-06 (2)",
        "Northern Wire",
    ]


def test_an_article_without_an_outlet_is_named_by_its_address_or_file() -> None:
    """The host, else the name of the file, stands in for the outlet."""
    post, wire, _ = stories.bridge_articles()
    articles = [
        dataclasses.replace(post, outlet=None, url="https://www.example.org/a/b?c=d"),
        dataclasses.replace(wire, outlet=" ", path="some/folder/wire.txt"),
    ]
    assert list(labels.of(articles).values()) == ["example.org", "wire"]


def test_a_file_is_named_without_its_folders() -> None:
    """What stands in for a missing title does not show where the file lies."""
    article = stories.article("Bridge\n\nIt is shut.", outlet="Post", published=None)
    assert labels.file_name(dataclasses.replace(article, path="/home/me/a.txt")) == "a.txt"
