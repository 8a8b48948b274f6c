"""The built book as a reader has it: every page in headless Chromium, from file://, without a network."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from browser_house import draw_all, record_faults
from planbook.analysis.tidy.check import check_contents
from planbook.load.tidy.files import find_tables, read_table_file

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PLANS = [
    "07210-strategy-2",
    "03213-strategy-1",
    "07202-strategy-3",
    "03213-comprehensive-2",
    "11233-strategy-2",
]
PLAN_PAGES = ["digest", "population", "kpis", "goals"]


WIDER_THAN_SCREEN = "document.documentElement.scrollWidth > window.innerWidth"
#: Texts that leave the drawing they belong to: nobody reads them.
CUT_LABELS = """() => [...document.querySelectorAll('.pb-chart svg')].flatMap(svg => {
    const frame = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')]
        .filter(t => t.textContent.trim() && getComputedStyle(t).opacity !== '0')
        .filter(t => { const b = t.getBoundingClientRect();
            return b.width && (b.left < frame.left - 2 || b.right > frame.right + 2
                || b.top < frame.top - 2 || b.bottom > frame.bottom + 2); })
        .map(t => svg.closest('figure').id + ': ' + t.textContent);
})"""

#: How many series the legend of each trend chart names.
TREND_LEGEND_LABELS = """() => [...document.querySelectorAll('figure[id$="-trend"] svg')]
    .map(svg => svg.querySelectorAll('.role-legend-label text').length)"""


def pages(book: Path) -> list[Path]:
    return sorted(path for path in book.rglob("*.html") if "_static" not in path.parts)


def test_every_page_of_every_plan_is_there(book):
    for plan in PLANS:
        for page in PLAN_PAGES:
            assert (book / plan[:2] / plan / f"{page}.html").is_file()
    across = {
        "overview.html",
        "compare-population.html",
        "compare-kpis.html",
        "compare-goals.html",
        "same-place.html",
        "check.html",
    }
    chapters = {"index.html", "methods.html", "data.html", "status.html"}
    assert across | chapters <= {p.name for p in pages(book)}


@pytest.fixture(scope="session")
def survey(book, browser) -> dict[str, dict]:
    """Visit every page once, wide and then as narrow as a phone, and note what a reader would meet."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    found = {}
    for path in pages(book):
        tab = context.new_page()
        faults = record_faults(tab)
        tab.goto(path.as_uri())
        seen = {"undrawn": draw_all(tab), "wide": tab.evaluate(WIDER_THAN_SCREEN), "faults": faults}
        tab.set_viewport_size({"width": 390, "height": 844})
        if tab.locator(".pb-chart").count():
            tab.wait_for_timeout(400)  # charts are drawn again for the new width
        seen |= {"undrawn_narrow": draw_all(tab), "wide_narrow": tab.evaluate(WIDER_THAN_SCREEN)}
        seen |= {"legends": tab.evaluate(TREND_LEGEND_LABELS)}
        seen |= {"cut": tab.evaluate(CUT_LABELS), "charts": tab.locator(".pb-chart").count()}
        found[path.relative_to(book).as_posix()] = seen
        tab.close()
    context.close()
    return found


def noted(survey: dict[str, dict], key: str) -> dict[str, object]:
    return {page: seen[key] for page, seen in survey.items() if seen[key]}


def test_no_page_has_an_error_or_asks_for_anything_elsewhere(survey):
    assert noted(survey, "faults") == {}


def test_every_chart_is_drawn_wide_and_narrow(survey):
    assert noted(survey, "undrawn") == {}
    assert noted(survey, "undrawn_narrow") == {}
    assert sum(seen["charts"] for seen in survey.values()) >= len(PLANS) * 3


def test_every_trend_names_its_series(survey):
    counts = [number for seen in survey.values() for number in seen["legends"]]
    assert len(counts) == 2 * len(PLANS)  # digest and population
    assert min(counts) >= 3  # census, register, projection


def test_no_page_is_wider_than_its_screen(survey):
    assert noted(survey, "wide") == {}
    assert noted(survey, "wide_narrow") == {}


def test_no_label_of_a_chart_is_cut_off_on_a_phone(survey):
    assert noted(survey, "cut") == {}


def test_every_number_of_a_digest_leads_to_its_source_line(book, tab):
    for plan in PLANS:
        tab.goto((book / plan[:2] / plan / "digest.html").as_uri())
        targets = tab.eval_on_selector_all("a.pb-num", "links => links.map(a => a.getAttribute('href'))")
        assert len(targets) >= 4, plan
        for target in set(targets):
            line = tab.locator(f"li{target}")
            assert line.count() == 1
            assert len(line.inner_text()) > 10


def test_every_digest_is_one_sheet_of_a4(book, tab):
    for plan in PLANS:
        tab.goto((book / plan[:2] / plan / "digest.html").as_uri())
        draw_all(tab)
        sheets = len(re.findall(rb"/Type\s*/Page[^s]", tab.pdf(format="A4", print_background=True)))
        assert sheets == 1, plan


def visible_rows(tab, where: str) -> int:
    return tab.locator(where).first.locator("[data-pb-words]:visible").count()


def test_the_indicators_are_filtered_by_goal_and_finding(book, tab):
    tab.goto((book / "11" / "11233-strategy-2" / "kpis.html").as_uri())
    table = ".pb-filters + .pb-scroll"
    assert visible_rows(tab, table) == 18
    bar = tab.locator(".pb-filters").first
    bar.locator("select").first.select_option("基本目標4")
    # 2-2 men and women, 3-2, 4-1, 4-3, 4-6
    assert visible_rows(tab, table) == 6
    assert "18行のうち6行" in bar.inner_text()
    bar.locator("select").nth(1).select_option("回答者数なし")
    assert visible_rows(tab, table) == 2  # 3-2 and 4-1
    bar.locator("select").first.select_option("")
    bar.locator("select").nth(1).select_option("")
    assert visible_rows(tab, table) == 18


def test_the_ledger_is_filtered_by_plan_and_verdict(book, tab):
    tab.goto((book / "check.html").as_uri())
    ledger = "ol.pb-ledger"
    everything = visible_rows(tab, ledger)
    bar = tab.locator(".pb-filters").first
    bar.locator("select").first.select_option("二本松市 第2期総合戦略")
    assert 0 < visible_rows(tab, ledger) < everything
    assert tab.locator(ledger).first.locator("li:visible", has_text="10年間").count() >= 1
    assert tab.locator(ledger).first.locator("li:visible", has_text="北本市").count() == 0


def test_without_scripts_every_row_is_shown_and_no_filter_stands_idle(book, browser):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((book / "check.html").as_uri())
    assert page.locator(".pb-filters").count() == 0
    assert page.locator("ol.pb-ledger > li").first.is_visible()
    context.close()


def test_on_a_phone_the_judgement_stands_under_its_indicator(book, tab):
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto((book / "11" / "11233-strategy-2" / "kpis.html").as_uri())
    row = tab.locator("table.pb-stacks tbody tr").first
    boxes = [cell.bounding_box() for cell in row.locator("th, td").all()]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    assert all(upper["y"] < lower["y"] for upper, lower in itertools.pairwise(boxes))


def test_every_download_of_a_page_is_there(book):
    links = 0
    for path in pages(book):
        for name in re.findall(r'href="(files/[^"]+)"', path.read_text(encoding="utf-8")):
            assert (path.parent / name).is_file(), f"{path.name}: {name}"
            links += 1
    assert links > 50


def test_every_download_is_machine_readable(book):
    """The ministry's rules for statistical tables hold for every file that the book offers."""
    faults = []
    for path in find_tables([book]):
        contents = read_table_file(path, path.relative_to(book).as_posix())
        faults += [str(problem) for problem in check_contents(contents).problems("error")]
    assert faults == []


def test_where_scripts_are_off_the_tables_stand_in(book, browser):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((book / "07" / "07210-strategy-2" / "population.html").as_uri())
    tables = page.locator("figure.pb-figure table")
    assert tables.count() >= 5
    assert tables.first.is_visible()
    context.close()


def test_dark_mode_keeps_text_readable(book, tab):
    """The theme puts a light box behind outputs in dark mode: text on it would vanish."""
    tab.goto((book / "07" / "07210-strategy-2" / "population.html").as_uri())
    tab.evaluate(
        "() => { document.documentElement.dataset.theme = 'dark'; document.documentElement.dataset.mode = 'dark'; }"
    )
    boxes = tab.eval_on_selector_all(
        "div.cell_output .text_html", "items => items.map(i => getComputedStyle(i).backgroundColor)"
    )
    assert set(boxes) <= {"rgba(0, 0, 0, 0)", "transparent"}


def test_no_page_names_another_host_or_a_path_of_this_machine(book, repository):
    found = []
    for path in pages(book):
        text = path.read_text(encoding="utf-8")
        loads = re.findall(r'(?:src|href)="(?:https?:)?//([^/"]+)', text)
        found += [f"{path.name}: {host}" for host in loads]
        if str(repository) in text:
            found.append(f"{path.name}: a path of this machine")
    assert found == []


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize(
    "page", ["03/03213-comprehensive-2/goals.html", "compare-goals.html", "same-place.html", "overview.html"]
)
def test_no_word_of_a_hierarchy_or_a_matrix_is_cut_on_screen_or_paper(book, tab, page, media):
    for width in (1400, 390):
        tab.set_viewport_size({"width": width, "height": 900})
        tab.goto((book / page).as_uri())
        tab.emulate_media(media=media)
        draw_all(tab)
        assert tab.locator(".pb-chart svg").count()
        assert tab.evaluate(CUT_LABELS) == [], (page, media, width)


def test_what_speaks_for_a_link_is_seen_without_scrolling(book, tab):
    """Beside the goals stands why they correspond, and whether that is confirmed: cut off, a reading looks like a fact."""
    tab.goto((book / "same-place.html").as_uri())
    wider = tab.eval_on_selector_all(
        ".pb-pair > .pb-scroll",
        "boxes => boxes.filter(b => b.scrollWidth > b.clientWidth + 1).map(b => b.innerText.slice(0, 60))",
    )
    assert tab.locator(".pb-pair > .pb-scroll").count() >= 3
    assert wider == []
