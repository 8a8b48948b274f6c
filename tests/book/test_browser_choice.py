"""Readers choose the plans that a comparison shows: tables, charts, filters, address, print, phone and keyboard."""

from __future__ import annotations

import re

import pytest

from browser_house import draw_all, record_faults

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NIHONMATSU, KITAMOTO, NINOHE = "07210-strategy-2", "11233-strategy-2", "03213-strategy-1"
TWO = f"#plans={NIHONMATSU},{KITAMOTO}"
STATUS = ".pb-choices-status"
TWO_OF_FIVE = "5計画のうち2計画を表示しています。文章はすべての計画について書いています。"
#: Plans that are in the list and nowhere else on the page: for a list that is too long to be read.
MANY_MORE = """document.addEventListener('readystatechange', () => {
    const data = document.querySelector('script.pb-choices');
    if (document.readyState !== 'interactive' || !data) return;
    const plans = JSON.parse(data.textContent);
    for (let n = 0; n < 115; n++)
        plans.push({id: `47${100 + n}-strategy-2`, label: `架空${n}市 第2期総合戦略`, words: n % 5 ? '甲県' : '乙県'});
    data.textContent = JSON.stringify(plans);
})"""

#: Two sections as a page of pairs has them: one of two plans together, one of either.
SECTIONS = f"""document.addEventListener('readystatechange', () => {{
    if (document.readyState !== 'interactive') return;
    document.querySelector('.bd-article h1').insertAdjacentHTML('afterend', `<div id="pairs">
        <section data-pb-plans="{NIHONMATSU}+{KITAMOTO}">both</section>
        <section data-pb-plans="{NIHONMATSU} {NINOHE}">either</section></div>`);
}})"""


def visit(tab, book, page, fragment=""):
    tab.goto("about:blank")  # an address that differs in its fragment alone would not be loaded again
    tab.goto((book / f"{page}.html").as_uri() + fragment)
    assert draw_all(tab) == []


def tick(tab, *labels):
    """Leave just the plans whose labels begin so."""
    if not tab.locator(".pb-choices-list").is_visible():
        tab.locator(".pb-chooser summary").click()
    for item in tab.locator(".pb-choice").all():
        item.locator("input").set_checked(item.inner_text().startswith(labels))
    assert draw_all(tab) == []


def first_cells(tab, figure):
    return tab.locator(f"#{figure} tbody tr:visible th").all_inner_texts()


def chart_box(tab, figure):
    return tab.locator(f"#{figure} .pb-chart svg").bounding_box()


def chart_texts(tab, figure):
    """Return every text of a chart with how far its foot stands above the foot of the drawing, in pixels."""
    return tab.evaluate(
        """figure => [...document.querySelectorAll(`#${figure} svg text`)].filter(t => t.textContent.trim())
            .map(t => [t.textContent, t.closest('svg').getBoundingClientRect().bottom
                - t.getBoundingClientRect().bottom])""",
        figure,
    )


def words_of(tab, figure):
    return {words for words, _ in chart_texts(tab, figure)}


def test_tables_and_charts_show_the_chosen_plans(book, tab):
    faults = record_faults(tab)
    visit(tab, book, "overview")
    assert len(first_cells(tab, "compare-overview-plans")) == 5
    assert tab.locator(STATUS).inner_text() == ""
    assert tab.locator(".pb-partial").count() == 0
    whole = chart_box(tab, "compare-overview-timeline")["height"]
    lines = tab.locator("#compare-overview-index .mark-line path").count()

    tick(tab, "二本松市", "北本市")
    assert tab.locator(STATUS).inner_text() == TWO_OF_FIVE
    assert [cell[:3] for cell in first_cells(tab, "compare-overview-plans")] == ["二本松", "北本市"]
    assert first_cells(tab, "compare-overview-population") == ["二本松市", "北本市"]
    assert chart_box(tab, "compare-overview-timeline")["height"] == whole - 3 * 58  # pixels of a row
    assert not {"二戸市", "会津若松市"} & words_of(tab, "compare-overview-timeline")
    # The legend keeps every place, so that no colour changes hands; the lines are those of two places.
    assert {"二戸市", "会津若松市", "二本松市", "北本市"} <= words_of(tab, "compare-overview-index")
    assert tab.locator("#compare-overview-index .mark-line path").count() == lines / 2
    assert "5計画のうち2計画" in tab.locator("#compare-overview-index .pb-partial").inner_text()

    tab.get_by_role("button", name="すべて表示").click()
    assert draw_all(tab) == []
    assert len(first_cells(tab, "compare-overview-plans")) == 5
    assert chart_box(tab, "compare-overview-timeline")["height"] == whole
    assert tab.locator(f"{STATUS}, .pb-partial").all_inner_texts() == [""]
    assert faults == []


def test_a_row_of_a_municipality_stays_while_any_of_its_plans_is_chosen(book, tab):
    visit(tab, book, "overview", f"#plans={NINOHE}")
    assert first_cells(tab, "compare-overview-population") == ["二戸市"]
    assert len(first_cells(tab, "compare-overview-plans")) == 1


def test_the_axis_stays_so_that_two_choices_can_be_held_side_by_side(book, tab):
    def years():
        return {
            words for words in words_of(tab, "compare-overview-timeline") if re.fullmatch(r"20\d\d", words)
        }

    visit(tab, book, "overview")
    everything = years()
    visit(tab, book, "overview", f"#plans={KITAMOTO}")  # a plan of four years, without a target
    assert years() == everything
    assert {"2015", "2045"} <= everything


def test_panels_close_up_and_keep_their_scale(book, tab):
    def panels():
        texts = chart_texts(tab, "compare-population-paths")
        return [foot for words, foot in texts if words == "0"], [
            foot for words, foot in texts if words == "100"
        ]

    visit(tab, book, "compare-population")
    zeros, hundreds = panels()
    assert len(zeros) == 4
    visit(tab, book, "compare-population", TWO)
    assert not {"二戸市", "会津若松市"} & words_of(tab, "compare-population-paths")
    few_zeros, few_hundreds = panels()
    # Counted from the foot of the drawing, two panels lie where the two lowest of all lay.
    assert sorted(few_zeros) == pytest.approx(sorted(zeros)[:2], abs=1)
    assert sorted(few_hundreds) == pytest.approx(sorted(hundreds)[:2], abs=1)


def test_a_chart_without_a_chosen_plan_says_so_and_comes_back(book, tab):
    faults = record_faults(tab)
    visit(tab, book, "compare-population", f"#plans={KITAMOTO}")  # lists no target of population
    figure = tab.locator("#compare-population-moves")
    assert figure.locator(".pb-partial").inner_text() == "選んだ計画にあたるものは、ここにはありません。"
    assert figure.locator("tbody tr:visible").count() == 0
    assert not tab.locator("#compare-population-ambition .pb-chart").is_visible()
    tick(tab, "北本市", "二本松市")
    assert tab.locator("#compare-population-ambition .pb-chart svg").is_visible()
    assert faults == []


def test_the_choice_is_kept_on_the_next_page(book, tab):
    visit(tab, book, "overview")
    tick(tab, "二本松市", "北本市")
    tab.get_by_role("link", name="計画の検算").first.click()
    tab.wait_for_selector(f"{STATUS} span")
    assert tab.url.split("/")[-1].split("#")[0] == "check.html"
    assert tab.locator(STATUS).inner_text() == TWO_OF_FIVE
    assert tab.locator(".pb-scroll tbody tr:visible").count() == 2
    tab.locator(".pb-chooser summary").click()
    tab.get_by_role("button", name="すべて表示").click()
    visit(tab, book, "overview")
    assert tab.locator(STATUS).inner_text() == ""


def test_the_address_hands_the_choice_on_and_goes_before_the_kept_one(book, tab, browser):
    visit(tab, book, "overview")
    tick(tab, "二戸市")
    assert tab.url.endswith("#plans=03213-comprehensive-2,03213-strategy-1")
    sent = tab.url
    visit(tab, book, "overview", TWO)
    assert [cell[:3] for cell in first_cells(tab, "compare-overview-plans")] == ["二本松", "北本市"]
    visit(tab, book, "check")  # what the address named is kept from then on
    assert tab.url.endswith(TWO)
    visit(tab, book, "overview", "#plans=99999-strategy-9")
    assert tab.locator(STATUS).inner_text() == TWO_OF_FIVE  # nobody knows that plan

    context = browser.new_context(offline=True)
    other = context.new_page()
    other.goto(sent.replace(",", "%2C"))  # as mail programs write it
    assert "5計画のうち2計画" in other.locator(STATUS).inner_text()
    assert other.locator("#compare-overview-plans tbody tr:visible").count() == 2
    context.close()


def test_a_link_to_a_figure_or_a_hidden_entry_still_arrives(book, tab):
    visit(tab, book, "overview", TWO)
    visit(tab, book, "overview", "#compare-overview-index")
    tab.wait_for_function(
        "document.querySelector('#compare-overview-index').getBoundingClientRect().top < 300"
    )
    assert tab.locator(STATUS).inner_text() == TWO_OF_FIVE
    hidden = f"check-{NINOHE}-R34-target-2045"
    visit(tab, book, "check", f"#{hidden}")
    assert tab.locator(f"[id='{hidden}']").is_visible()
    assert tab.url.endswith(hidden)
    assert "5計画のうち3計画" in tab.locator(STATUS).inner_text()


def test_the_filters_of_a_list_count_what_both_leave(book, tab):
    visit(tab, book, "check")
    ledger = tab.locator("ol.pb-ledger").first
    bar = tab.locator(".pb-filters").first
    total = ledger.locator("li").count()
    own = ledger.locator("li", has_text="二本松市 第2期総合戦略").count()
    unlike = ledger.locator("li:has(.pb-verdict-mismatch)").count()
    bar.locator("select").nth(1).select_option("不一致")
    assert ledger.locator("li:visible").count() == unlike > 0

    tick(tab, "二本松市")
    both = ledger.locator("li:visible").count()
    assert 0 < both < min(own, unlike)
    assert bar.locator(".pb-filter-count").inner_text() == f"{total}行のうち{both}行を示しています"
    bar.locator("select").nth(1).select_option("")
    assert ledger.locator("li:visible").count() == own
    bar.locator("select").first.select_option("北本市 第2期総合戦略(案)")
    assert ledger.locator("li:visible").count() == 0
    assert bar.locator(".pb-filter-count").inner_text() == f"{total}行のうち0行を示しています"


def test_without_scripts_every_plan_is_shown_and_no_control_stands_idle(book, browser):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((book / "overview.html").as_uri() + TWO)
    assert page.locator("#compare-overview-plans tbody tr:visible").count() == 5
    assert page.locator(".pb-chooser").inner_text() == ""
    assert page.locator(".pb-chooser input, .pb-chooser button").count() == 0
    context.close()


def test_one_plan_stays_chosen(book, tab):
    visit(tab, book, "overview", f"#plans={KITAMOTO}")
    tab.locator(".pb-chooser summary").click()
    box = tab.get_by_label("北本市", exact=False).and_(tab.locator("input"))
    box.click()
    assert box.is_checked()
    assert "少なくとも1つの計画は表示します。" in tab.locator(STATUS).inner_text()
    assert len(first_cells(tab, "compare-overview-plans")) == 1
    tab.get_by_role("button", name="これだけを表示：会津若松市").click()
    assert [cell[:5] for cell in first_cells(tab, "compare-overview-plans")] == ["会津若松市"]


def test_a_print_says_which_part_it_is(book, tab):
    visit(tab, book, "overview", TWO)
    tab.locator(".pb-chooser summary").click()
    tab.emulate_media(media="print")
    assert tab.locator(STATUS).inner_text() == TWO_OF_FIVE
    assert tab.locator(STATUS).is_visible()
    assert not tab.locator(".pb-chooser details").is_visible()
    assert tab.locator("#compare-overview-timeline .pb-partial").is_visible()
    assert tab.locator("#compare-overview-plans tbody tr:visible").count() == 2


def test_a_saved_picture_shows_and_says_what_is_chosen(book, tab, tmp_path):
    visit(tab, book, "overview", TWO)
    figure = tab.locator("#compare-overview-timeline")
    figure.locator("summary").click()
    with tab.expect_download() as started:
        figure.get_by_role("button", name="SVG").click()
    started.value.save_as(tmp_path / "saved.svg")
    words = (tmp_path / "saved.svg").read_text(encoding="utf-8")
    assert "5計画のうち2計画を表示しています。" in words
    assert ">二本松市<" in words
    assert ">会津若松市<" not in words


def test_on_a_phone_the_list_fits_and_can_be_hit(book, tab):
    tab.set_viewport_size({"width": 390, "height": 844})
    visit(tab, book, "overview", TWO)
    tab.locator(".pb-chooser summary").click()
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    targets = tab.locator(".pb-chooser :is(summary, input, button)").all()
    assert len(targets) == 1 + 5 * 2 + 1
    for target in targets:
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= 24
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


def test_the_keyboard_alone_is_enough(book, tab):
    visit(tab, book, "overview")
    tab.locator(".pb-chooser summary").focus()
    for key in ("Enter", "Tab", "Tab", "Space"):  # open, すべて表示, the first plan, off
        tab.keyboard.press(key)
    assert "5計画のうち4計画" in tab.locator(STATUS).inner_text()
    assert tab.evaluate("document.activeElement.type") == "checkbox"  # the focus stays where it was
    outline = tab.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert float(outline.removesuffix("px")) >= 2
    assert tab.locator(STATUS).get_attribute("role") == "status"
    assert tab.get_by_role("group", name="表示する計画").get_by_role("checkbox").count() == 5


def test_a_long_list_is_searched(book, tab):
    tab.add_init_script(MANY_MORE)
    visit(tab, book, "overview")
    tab.locator(".pb-chooser summary").click()
    box = tab.locator(".pb-choices-list").bounding_box()
    assert box["height"] <= 330  # it scrolls inside
    field = tab.get_by_label("計画をさがす", exact=False)
    field.fill("乙県")
    assert tab.locator(".pb-choice:visible").count() == 23
    tab.get_by_role("button", name="見つかった計画だけを表示").click()
    assert "120計画のうち23計画" in tab.locator(STATUS).inner_text()
    field.fill("第２期 二本松")  # in any order, wide figures too
    assert [words[:4] for words in tab.locator(".pb-choice:visible").all_inner_texts()] == ["二本松市"]
    field.fill("どこにもない")
    assert tab.locator(".pb-choice:visible").count() == 0
    assert tab.get_by_role("button", name="見つかった計画だけを表示").is_disabled()
    tab.get_by_role("button", name="すべて表示").click()
    assert tab.locator(STATUS).inner_text() == ""


def test_a_short_list_has_no_field_to_search(book, tab):
    visit(tab, book, "check")
    assert tab.locator(".pb-chooser input[type=search]").count() == 0
    assert tab.locator(".pb-choice").count() == 5


@pytest.mark.parametrize(
    ("plans", "shown", "note"),
    [
        ((NIHONMATSU, KITAMOTO), ["both", "either"], []),
        ((NIHONMATSU, NINOHE), ["either"], ["5計画のうち2計画を表示しています。"]),
        ((KITAMOTO,), [], ["選んだ計画にあたるものは、ここにはありません。"]),
    ],
)
def test_a_section_may_ask_for_two_plans_together(book, tab, plans, shown, note):
    tab.add_init_script(SECTIONS)
    visit(tab, book, "overview", f"#plans={','.join(plans)}")
    assert tab.locator("#pairs section:visible").all_inner_texts() == shown
    assert tab.locator("#pairs .pb-partial").all_inner_texts() == note
