"""The page in a real browser as a reader uses it: sorted, filtered, cited, printed, listened to."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from retold import spans
from retold.comparing import labels
from retold.showing import html, view
from retold.types import Facet, Report, Span
from tests import crowds, points, stories

pytestmark = pytest.mark.browser

Open = Callable[..., Any]
AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"

# The characters after an anchor, as the browser holds them, counted in code points.
HELD = """places => places.map(([id, size]) => {
    const anchor = document.getElementById(id);
    const walker = document.createTreeWalker(anchor.closest('.text'), NodeFilter.SHOW_TEXT);
    let held = '';
    while (walker.nextNode()) {
        if (anchor.compareDocumentPosition(walker.currentNode) & Node.DOCUMENT_POSITION_FOLLOWING) {
            held += walker.currentNode.data;
        }
    }
    return Array.from(held).slice(0, size).join('');
})"""


def marked(report: Report) -> dict[str, tuple[str, Span]]:
    """The anchor of every value, statement, passage and hop of a chain, with its article and
    characters."""
    seen = view.of(report)
    out = {}
    for number, at in enumerate(view.differences(seen), start=1):
        for n, value in enumerate(at.difference.values):
            out[f"v-{number}-{n}"] = (value.article_id, value.span)
    for attribution in report.attributions:
        out[f"a-{attribution.id}"] = (attribution.article_id, attribution.content[0])
        for n, hop in enumerate(attribution.chain):
            if hop.span:
                out[f"h-{attribution.id}-{n}"] = (attribution.article_id, hop.span)
    for claim in report.claims:
        for n, passage in enumerate(claim.passages):
            out[f"p-{claim.id}-{n}"] = (passage.article_id, passage.span)
    return out


@pytest.mark.parametrize(
    "report",
    [
        stories.bridge(),
        stories.hostile(),
        # two accounts of 100,000 words and 500 statements each
        crowds.crowd(accounts=2, paragraphs=500, filling=crowds.HOSTILE_WORDS * 25),
    ],
    ids=["bridge", "hostile", "large"],
)
def test_the_characters_of_every_mark_are_the_articles(opened: Open, report: Report) -> None:
    """Values, statements and passages begin and end where their spans do, whatever stands before
    them: the server counts code points, a browser UTF-16 units."""
    page = opened(report)
    texts = {a.id: a.text for a in report.articles}
    expected = {
        id: spans.cut(texts[article], span).split("\n")[0]
        for id, (article, span) in marked(report).items()
    }
    held = page.evaluate(HELD, [[id, len(words)] for id, words in expected.items()])
    assert dict(zip(expected, held, strict=True)) == expected
    assert (page.problems, len(page.requests)) == ([], 1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "report",
    [stories.bridge(), stories.hostile(), stories.bare()],
    ids=["bridge", "hostile", "bare"],
)
def test_nothing_keeps_anyone_from_reading(opened: Open, report: Report, scheme: str) -> None:
    """axe finds nothing serious in any view, with every note open."""
    page = opened(report, color_scheme=scheme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """() => axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations
            .filter(v => v.impact === 'serious' || v.impact === 'critical')
            .map(v => [v.id, v.nodes.map(n => n.html)]))"""
    )
    assert found == []


def numbers(page: Any) -> list[str]:
    """The numbers of the claims that are shown, in their order."""
    return page.eval_on_selector_all(
        ".matrix tbody tr", "all => all.filter(r => !r.hidden).map(r => r.dataset.number)"
    )


def test_the_matrix_is_sorted_by_what_is_asked(opened: Open) -> None:
    """By disagreement, by coverage, and as an account tells it; and back."""
    page = opened(stories.bridge())
    order = page.locator("#claims select[name=order]")
    found = []
    for value in ("coverage", "1", "number"):
        order.select_option(value)
        found.append(numbers(page))
    by_disagreement = ["1", "2", "3"]
    assert found[2] == by_disagreement
    assert found[1] == [n for n, _ in sorted(page_places(page), key=lambda held: held[1])]
    assert sorted(found[0]) == by_disagreement


def page_places(page: Any) -> list[tuple[str, int]]:
    """Each claim's number with its place in the second account."""
    return page.eval_on_selector_all(
        ".matrix tbody tr",
        """all => all.map(r => [r.dataset.number,
            Number(r.querySelector('[data-place^="1 "]').dataset.place.split(' ')[1])])""",
    )


def test_the_matrix_is_filtered_by_facet_speaker_and_outlet(opened: Open) -> None:
    """Each filter keeps what fits all of them, and says how many."""
    page = opened(stories.bridge())
    page.locator("#claims select[name=facet]").select_option("date")
    by_facet = page.locator(".matrix tbody tr:visible th").all_inner_texts()
    page.locator("#claims select[name=facet]").select_option("")
    page.locator("#claims select[name=by]").select_option(label="Orsolya Tarn")
    by_speaker = page.locator(".matrix tbody tr:visible th").all_inner_texts()
    page.locator("#claims select[name=by]").select_option("")
    page.locator("#claims select[name=in]").select_option(label="Evening Ledger")
    left = page.locator("#claims output").inner_text()
    assert ([len(by_facet), "2031" in by_facet[0] or "2032" in by_facet[0]], left) == (
        [1, True],
        "2 of 3",
    )
    assert (len(by_speaker), "before winter" in by_speaker[0]) == (1, True)


def test_without_a_script_orders_and_filters_are_lists_of_links(opened: Open) -> None:
    """The claims are listed by coverage, account, facet and speaker, each leading to its row; the
    tools that need a script do not show."""
    page = opened(stories.bridge(), java_script_enabled=False)
    page.locator("#claims .index summary").click()
    lists = [
        line.rsplit("  ", 1)[0] for line in page.locator("#claims .index li").all_inner_texts()
    ]
    page.locator("#claims .index li a").first.click()
    row = page.url.split("#")[1]
    assert page.locator(".tools:visible").count() == 0
    assert page.locator(f"tr#{row}").count() == 1
    assert [re.sub(r"[\s\d]+$", "", words) for words in lists] == [
        "by how many tell it",
        "in the order of Northern Wire",
        "in the order of Harbour Post",
        "in the order of Evening Ledger",
        "differ in date",
        "differ in number",
        "differ in wording",
        "told by Jon Aske",
        "told by Orsolya Tarn",
    ]


def test_c_copies_a_difference_as_citation(opened: Open) -> None:
    """What is copied has the words, the chain, title, outlet, day and characters of each side."""
    page = opened(stories.bridge(), permissions=["clipboard-read", "clipboard-write"])
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.wait_for_selector(".said-so")
    post = next(a for a in stories.bridge().articles if a.outlet == "Harbour Post")
    span = stories.find(post, "12 million crowns")
    copied = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert [*copied[5:7], copied[-1]] == [
        "12 million crowns",
        f"— Harbour Post › Jon Aske, characters {span.start}–{span.end}",
        "Harbour Post: “A bridge for Veldmoor”, Harbour Post, 2031-05-06",
    ]


def test_c_copies_selected_words_with_their_characters(opened: Open) -> None:
    """A selection is cited by code points, emoji before it or not."""
    report = crowds.crowd(accounts=1, paragraphs=2, filling="👩‍👩‍👧 ")
    page = opened(report, permissions=["clipboard-read", "clipboard-write"])
    page.evaluate(
        """() => {
            const node = Array.from(document.querySelectorAll('.text.body .cue'))[1].firstChild;
            getSelection().setBaseAndExtent(node, 0, node, 4);
        }"""
    )
    page.keyboard.press("c")
    page.wait_for_selector(".said-so")
    copied = page.evaluate("navigator.clipboard.readText()")
    start, end = map(int, re.findall(r"(\d+)–(\d+)$", copied)[0])
    words = report.articles[0].text[start:end]
    assert (words, start > report.articles[0].text.index("said"), copied[:5]) == (
        "said",
        True,
        "said\n",
    )


def test_a_citation_is_text_without_a_script(opened: Open) -> None:
    """Folded under a difference, a wording, a claim and what only one tells."""
    page = opened(stories.bridge(), java_script_enabled=False)
    for place in (".difference .cite", ".apparatus .cite", ".matrix .cite", "details.only-here"):
        folded = page.locator(place).first
        folded.locator("summary").click()
        assert "characters" in folded.locator("pre").first.inner_text()


def test_a_table_is_downloaded_as_csv(opened: Open, tmp_path: Path) -> None:
    """Also without a script; the characters that it names are those of the articles."""
    page = opened(stories.hostile(), java_script_enabled=False)
    with page.expect_download() as download:
        page.click("#differences .csv")
    file = tmp_path / "differences.csv"
    download.value.save_as(file)
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    texts = {
        labels.of(stories.hostile().articles)[a.id]: a.text for a in stories.hostile().articles
    }
    assert [texts[r["article"]][int(r["start"]) : int(r["end"])] for r in rows] == [
        r["words"] for r in rows
    ]
    assert len(rows) == 2


def test_on_paper_the_articles_stay_whole(opened: Open) -> None:
    """The differences stand before them, each with its words; beside an article its signs, and
    no tool or link; also without a script."""
    page = opened(stories.bridge(), java_script_enabled=False)
    parts = ("details.differs summary", ".pick", ".csv", ".sides blockquote")
    shown = [page.locator(part).first.is_visible() for part in parts]
    page.emulate_media(media="print")
    printed = [page.locator(part).first.is_visible() for part in parts]
    assert (shown, printed) == ([True, True, True, True], [True, False, False, True])


DOUBTFUL = (("Nobody was hurt.", "The mayor is silent."), 0.3)


def test_what_a_row_folds_opens_by_key_by_link_and_by_filter(opened: Open) -> None:
    """The fold is closed at first; Enter on it, a link to what it holds, and a filter open it."""
    page = opened(points.story(points.SHUT, points.SANK, DOUBTFUL))
    inside, less_sure = page.locator("li#claim-c1"), page.locator("tr#claim-c2")
    shown = [inside.is_visible(), less_sure.is_visible()]
    page.locator("details.within > summary").focus()
    page.keyboard.press("Enter")
    shown.append(inside.is_visible())
    page.evaluate("location.hash = 'claim-c2'")
    page.wait_for_timeout(100)
    shown.append(less_sure.is_visible())
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = false; })")
    page.locator("#claims select[name=in]").select_option(label="Varn Post")
    shown += [inside.is_visible(), less_sure.is_visible()]
    assert shown == [False, False, True, True, True, True]


def test_a_search_opens_what_is_folded(opened: Open) -> None:
    """A hit that nobody sees is none."""
    page = opened(points.story(points.SHUT, points.SANK, DOUBTFUL))
    page.locator("input[type=search]").fill("nobody was")
    page.wait_for_timeout(300)
    assert page.locator("tr#claim-c2").is_visible()


def test_nothing_keeps_anyone_from_reading_what_is_folded(opened: Open) -> None:
    """axe finds nothing serious in a row that is open."""
    page = opened(points.story(points.SHUT, points.SANK, DOUBTFUL), bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """() => axe.run('#claims', { resultTypes: ['violations'] }).then(r => r.violations
            .filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => v.id))"""
    )
    assert found == []


def test_on_paper_is_what_was_open(opened: Open) -> None:
    """What is folded away stays so, with its number and a line that says it; what a reader opened
    is printed."""
    page = opened(points.story(points.SHUT, points.SANK, DOUBTFUL))
    page.locator("details.within > summary").click()
    page.locator("#claims .cite").first.evaluate("cite => { cite.open = true; }")
    page.emulate_media(media="print")
    parts = ("li#claim-c1", ".cite[open] pre", ".unsure summary", ".on-paper", "tr#claim-c2")
    printed = [page.locator(part).first.is_visible() for part in parts]
    assert printed == [True, True, True, True, False]


def test_on_paper_the_texts_can_be_left_out(opened: Open) -> None:
    """Of an article its outlet, headline and address are left."""
    page = opened(stories.bridge())
    page.uncheck("#printed")
    shown = page.locator(".account p.text").first.is_visible()
    page.emulate_media(media="print")
    parts = (".account p.text", ".account .title", ".account header")
    printed = [page.locator(part).first.is_visible() for part in parts]
    assert (shown, printed) == (True, [False, True, True])


def test_on_paper_a_search_is_named(opened: Open) -> None:
    """What it leaves out is not there, and so the words that were looked for are."""
    page = opened(points.story(points.SHUT, points.SANK, DOUBTFUL))
    page.emulate_media(media="print")
    box = page.locator("input[type=search]")
    before = box.is_visible()
    page.emulate_media(media="screen")
    box.fill("nobody was")
    page.wait_for_timeout(300)
    page.emulate_media(media="print")
    found = page.locator(".find .n").inner_text()
    assert (before, box.is_visible(), found) == (False, True, "3 found")


def test_on_a_phone_what_else_parts_in_the_same_passages_is_there(opened: Open) -> None:
    """A narrow screen folds it and does not leave it out."""
    report = stories.bridge()
    worded = report.claims[1]
    (first,) = worded.differences
    wider = [dataclasses.replace(v, span=Span(v.span.start, v.span.end + 7)) for v in first.values]
    second = dataclasses.replace(first, facet=Facet.DETAIL, values=tuple(wider), score=0.7)
    parting = dataclasses.replace(worded, differences=(first, second))
    claims = tuple(parting if claim is worded else claim for claim in report.claims)
    story = dataclasses.replace(report, claims=claims)
    page = opened(story, viewport={"width": 390, "height": 800})
    assert page.locator("details.beside").first.is_visible()


def test_wordings_stand_word_below_word(opened: Open) -> None:
    """The words of a column have one left edge, and the changed ones are marked and typed."""
    page = opened(stories.bridge())
    table = page.locator(".collation").first
    columns = table.evaluate(
        """t => Array.from(t.rows[0].cells).map((_, n) => new Set(Array.from(t.rows,
            r => r.cells[n].getBoundingClientRect().left)).size)"""
    )
    assert set(columns) == {1}
    assert table.locator("mark").all_inner_texts() == ["new", "good"]
    assert table.locator(".kinds td").all_inner_texts() == ["", "substitution", ""]


def test_accounts_stand_side_by_side_when_asked(opened: Open) -> None:
    """On a wide screen two or more accounts share a line."""
    page = opened(stories.bridge(), viewport={"width": 1900, "height": 900})
    tops = "all => new Set(all.map(e => e.getBoundingClientRect().top)).size"
    stacked = page.eval_on_selector_all(".account", tops)
    page.check("#beside")
    assert (stacked, page.eval_on_selector_all(".account", tops)) == (3, 1)


def test_the_page_keeps_few_listeners_and_bounds_what_a_note_holds() -> None:
    """Thirty accounts of one story make notes of five passages, and no mark has a handler."""
    page = html.render(crowds.crowd(accounts=30, paragraphs=2))
    notes = re.findall(r'<details class="note differs".*?</details>', page, re.S)
    assert {note.count("<blockquote") for note in notes} == {5}
    assert re.search(r"<[^>]* on[a-z]+=", page) is None


def test_heads_of_narrow_columns_stand_upright(opened: Open) -> None:
    """On a phone the names of outlets are turned, not broken letter by letter."""
    page = opened(stories.bridge(), viewport={"width": 390, "height": 800})
    modes = page.eval_on_selector_all(
        ".account-head", "all => all.map(e => getComputedStyle(e).writingMode)"
    )
    assert modes == ["vertical-rl"] * 2 * 3
