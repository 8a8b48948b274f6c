"""What the overview says of common points, of what to doubt, of what documents hold, and of what may be compared."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from comparison_house import AIZUWAKAMATSU, ALL, KITAMOTO, NIHONMATSU, NINOHE, NINOHE_BASIC, plan_of
from goal_comparison_house import (
    PILLARS,
    comparison,
    indicator,
    make_plan,
    many,
    measures,
    run_notebook,
    said,
    slips,
    titles_of,
    tops,
)
from planbook.analysis.findings import Place
from planbook.presentation.comparison import overview_contents
from planbook.presentation.comparison import overview_points as points
from planbook.presentation.page import OUTPUT_VARIABLE
from planbook.presentation.recalculation.check_words import gather_entries
from planbook.presentation.recalculation.ledger import show_ledger
from planbook.summary.comparison.plan_contents import list_contents
from planbook.summary.goal_structure.plan_goals import gather_all_goals

REAL = [plan_of(plan_id) for plan_id in ALL]
FLAT = {"goals": tops(), "themes": PILLARS}


@pytest.fixture(autouse=True)
def _in_the_book(monkeypatch):
    monkeypatch.setenv(OUTPUT_VARIABLE, "book")


def page():
    return comparison("overview")


def commons(plans):
    return said(points.common_points(page(), plans, gather_all_goals(plans))).split("\n")


def unconfirmed(links):
    return f"テーマとの対応づけ{links}件は、この本の読みで、まだ確かめていません（要確認）。"


def of(*kinds):
    return many(len(kinds), lambda i: kinds[i - 1])


# ---------------------------------------------------------------------------------------------- common points


def test_the_common_points_of_the_real_plans():
    assert commons(REAL) == [
        "大きさが違います。2025年国勢調査（速報）の人口は、二戸市の22,999人から会津若松市の109,015人までです。どの市区町村も、前回の国勢調査より減っています。",
        "計画期間は3年間から5年間です。すべての計画に共通する年度はなく、最も多い4つの計画が重なるのは令和6年度から令和7年度までです。",
        "どの計画も、国の地方創生の柱のすべてに、あたる目標か施策を掲げています。テーマとの対応づけ170件のうち162件は、この本の読みで、まだ確かめていません（要確認）。",
        "目標の番号の付け方は違います。目標の番号が国の柱の順と違う計画（会津若松市 第3期総合戦略）、国の戦略の区分によらない計画（二戸市 後期基本計画）があり、番号どうしでは比べられません。",
        "年のある人口の目標が載っているのは2つの計画で、目標の年は2030年から2045年まであります。年の違う目標どうしは比べられないので、それぞれの年の推計と比べます。",
        "指標が載っているのは二戸市 後期基本計画、北本市 第2期総合戦略(案)です。そのうち当初値と目標値の数値があるのは1つの計画です。二戸市 第1期総合戦略、会津若松市 第3期総合戦略の資料には、数値目標やKPIを設定すると書かれていますが、一覧がありません。ほかの計画に指標がないとは限りません。",
    ]


@pytest.mark.parametrize("plans", [[], REAL[:1]])
def test_one_plan_has_nothing_in_common(plans):
    assert points.common_points(page(), plans, gather_all_goals(plans)).markup == ""


@pytest.mark.parametrize(
    ("periods", "sentence"),
    [
        ([(2015, 2019)] * 2, "計画期間はどれも5年間です。どの計画の期間にも入るのは平成27年度から令和元年度までです。"),
        ([(2015, 2019), (2019, 2021)], "計画期間は3年間から5年間です。どの計画の期間にも入るのは令和元年度だけです。"),
        ([(2015, 2019), (2020, 2024)], "計画期間はどれも5年間です。期間の重なる計画はありません。"),
        # not common to all: the years that most share, as a run, one year, and several runs
        ([(2015, 2019), (2017, 2021), (2018, 2022), (2030, 2034)], "計画期間はどれも5年間です。すべての計画に共通する年度はなく、最も多い3つの計画が重なるのは平成30年度から令和元年度までです。"),
        ([(2015, 2019), (2019, 2023), (2030, 2034)], "計画期間はどれも5年間です。すべての計画に共通する年度はなく、最も多い2つの計画が重なるのは令和元年度です。"),
        ([(2015, 2019), (2018, 2022), (2030, 2034), (2034, 2038)], "計画期間はどれも5年間です。すべての計画に共通する年度はなく、最も多い2つの計画が重なるのは平成30年度から令和元年度まで、令和16年度です。"),
        # from later to earlier, and one year long
        ([(2024, 2024), (2020, 2024)], "計画期間は1年間から5年間です。どの計画の期間にも入るのは令和6年度だけです。"),
    ],
)  # fmt: skip
def test_which_years_all_plans_share(periods, sentence):
    plans = of(*[FLAT | {"start": start, "end": end} for start, end in periods])
    assert sentence in commons(plans)


BARE = {"goals": tops()}


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ([FLAT, FLAT], f"どの計画も、国の地方創生の柱のすべてに、あたる目標か施策を掲げています。{unconfirmed(8)}"),
        ([FLAT | {"confirmed": True}] * 2, "どの計画も、国の地方創生の柱のすべてに、あたる目標か施策を掲げています。"),
        (
            [FLAT | {"confirmed": True}, FLAT],
            "どの計画も、国の地方創生の柱のすべてに、あたる目標か施策を掲げています。テーマとの対応づけ8件のうち4件は、この本の読みで、まだ確かめていません（要確認）。",
        ),
        # what is not entered is not known: nothing is said of every plan
        (
            [FLAT, FLAT, BARE],
            f"国の地方創生の柱のすべてに、あたる目標か施策を掲げているのは架空1市 計画、架空2市 計画です。{unconfirmed(8)}架空3市 計画には、国のテーマとの対応が入力されていません。",
        ),
        (
            [FLAT, {"goals": tops(), "themes": {"g1": "G1"}}],
            f"国の地方創生の柱のすべてに、あたる目標か施策を掲げているのは架空1市 計画です。{unconfirmed(5)}",
        ),
        (
            [{"goals": tops(), "themes": {"g1": "G1"}}] * 2,
            f"国の地方創生の柱のすべてに、あたる目標か施策を掲げている計画はありません。{unconfirmed(2)}",
        ),
        (
            [*[FLAT] * 11, {"goals": tops(), "themes": {"g1": "G1"}}],
            f"国の地方創生の柱のすべてに、あたる目標か施策を掲げているのは11の計画です。{unconfirmed(45)}",
        ),
    ],
)  # fmt: skip
def test_whether_all_serve_all_pillars(kinds, sentence):
    assert sentence in commons(of(*kinds))


@pytest.mark.parametrize("kinds", [[BARE, BARE], [FLAT, BARE]])
def test_with_themes_of_one_plan_at_most_nothing_is_said_of_pillars(kinds):
    assert not [one for one in commons(of(*kinds)) if "柱" in one]


OTHERWISE = {"goals": tops(), "themes": {"g1": "G2", "g2": "G1"}}


@pytest.mark.parametrize(
    ("kinds", "parts"),
    [
        ([FLAT, FLAT], None),
        ([FLAT, OTHERWISE], "目標の番号が国の柱の順と違う計画（架空2市 計画）"),
        ([FLAT, FLAT | {"generation": "any"}], "国の戦略の区分によらない計画（架空2市 計画）"),
        (
            [OTHERWISE] * 4 + [FLAT | {"generation": "any"}],
            "目標の番号が国の柱の順と違う計画（4つの計画）、国の戦略の区分によらない計画（架空5市 計画）",
        ),
    ],
)
def test_why_numbers_do_not_compare(kinds, parts):
    found = [one for one in commons(of(*kinds)) if "番号" in one]
    expected = f"目標の番号の付け方は違います。{parts}があり、番号どうしでは比べられません。"
    assert found == ([expected] if parts else [])


def aimed(*years):
    stated = {"as_written": "x", "document": plan_of(KITAMOTO).file.documents[0].id, "locator": "L1"}
    targets = [
        {"id": f"t{n}", "year": year, "population_persons": "9000", "precision": "1", "qualifier": "exact",
         "basis": "unknown", "edition": None, **stated}
        for n, year in enumerate(years)
    ]  # fmt: skip
    return FLAT | {"outlook": {"targets": targets}}


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ([FLAT, FLAT], "年のある人口の目標は、どの計画の資料にもありません。"),
        ([aimed(None), FLAT], "年のある人口の目標は、どの計画の資料にもありません。"),
        ([aimed(2040), FLAT], "年のある人口の目標が載っているのは1つの計画で、目標の年は2040年です。"),
        ([aimed(2040), aimed(2040, None)], "年のある人口の目標が載っているのは2つの計画で、目標の年は2040年です。"),
        (
            [aimed(2060), aimed(2040, 2045)],
            "年のある人口の目標が載っているのは2つの計画で、目標の年は2040年から2060年まであります。年の違う目標どうしは比べられないので、それぞれの年の推計と比べます。",
        ),
        ([aimed(2040)] * 12, "年のある人口の目標が載っているのは12の計画で、目標の年は2040年です。"),
    ],
)  # fmt: skip
def test_which_plans_aim_at_a_year(kinds, sentence):
    assert sentence in commons(of(*kinds))


VALUED = FLAT | {"indicators": [indicator("出生数", "g1", "100", "120")]}


def announce(*subjects):
    stated = {"as_written": "x", "document": plan_of(KITAMOTO).file.documents[0].id, "locator": "L1"}
    return FLAT | {"announced": [{"subject": subject, **stated} for subject in subjects]}


NAMED = FLAT | {"indicators": [indicator("出生数", "g1")]}


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ([FLAT, FLAT], "指標は、どの計画の手元の資料にも掲載がありません。計画にないとは限りません。"),
        (
            [announce("indicators"), FLAT],
            "指標は、どの計画の手元の資料にも掲載がありません。架空1市 計画の資料には、数値目標やKPIを設定すると書かれていますが、一覧がありません。計画にないとは限りません。",
        ),
        (
            [VALUED, announce("indicators"), FLAT],
            "指標が載っているのは架空1市 計画です。そのうち当初値と目標値の数値があるのは1つの計画です。架空2市 計画の資料には、数値目標やKPIを設定すると書かれていますが、一覧がありません。ほかの計画に指標がないとは限りません。",
        ),
        # what is listed is listed, and other things that are announced are no indicators
        (
            [VALUED | announce("indicators"), announce("measures", "results")],
            "指標が載っているのは架空1市 計画です。そのうち当初値と目標値の数値があるのは1つの計画です。ほかの計画に指標がないとは限りません。",
        ),
        (
            [VALUED, FLAT],
            "指標が載っているのは架空1市 計画です。そのうち当初値と目標値の数値があるのは1つの計画です。ほかの計画に指標がないとは限りません。",
        ),
        (
            [NAMED, FLAT],
            "指標が載っているのは架空1市 計画です。当初値と目標値の数値があるものはありません。ほかの計画に指標がないとは限りません。",
        ),
        (
            [VALUED, NAMED],
            "指標は、どの計画の資料にも載っています。そのうち当初値と目標値の数値があるのは1つの計画です。",
        ),
        (
            [*[VALUED] * 10, FLAT, FLAT],
            "指標が載っているのは10の計画です。そのうち当初値と目標値の数値があるのは10の計画です。ほかの計画に指標がないとは限りません。",
        ),
    ],
)  # fmt: skip
def test_which_plans_list_indicators(kinds, sentence):
    assert sentence in commons(of(*kinds))


def test_places_without_a_census_are_not_spoken_of():
    assert not [one for one in commons(of(FLAT, FLAT)) if "国勢調査" in one]
    assert not [one for one in commons([*of(FLAT), plan_of(NINOHE)]) if "国勢調査" in one]
    found = commons([*of(FLAT), plan_of(NINOHE), plan_of(KITAMOTO)])[0]
    assert found.startswith(
        "大きさが違います。2025年国勢調査（速報）の人口は、二戸市の22,999人から北本市の64,222人までです。"
    )


def test_a_place_that_has_one_census_alone_is_not_said_to_shrink():
    """The trend is said of those that can be held against a census before; here of one of two."""
    grown = plan_of(KITAMOTO)
    table = grown.municipality.tables["population"]
    newest = max(row.as_of for row in table.rows if row.concept == "census")
    rows = tuple(row for row in table.rows if row.concept != "census" or row.as_of == newest)
    tables = grown.municipality.tables | {
        "population": replace(table, rows=rows, lines=table.lines[: len(rows)])
    }
    alone = replace(grown, municipality=replace(grown.municipality, tables=tables))
    found = commons([alone, plan_of(NINOHE)])[0]
    assert found.endswith("前回の国勢調査と比べられる1市区町村のうち、減っているのは1市区町村です。")


def test_places_of_one_name_take_their_prefecture_along():
    kitamoto, ninohe = plan_of(KITAMOTO), plan_of(NINOHE)
    name = ninohe.municipality.file.name
    file = kitamoto.municipality.file.model_copy(update={"name": name})
    twin = replace(kitamoto, municipality=replace(kitamoto.municipality, file=file))
    assert "二戸市（岩手県）の22,999人から二戸市（埼玉県）の64,222人まで" in commons([ninohe, twin])[0]


# ------------------------------------------------------------------------------------------------- what to doubt


DRAFT = "案なので、決定した計画で確かめてください。"


@cache
def entries():
    return gather_entries(REAL)


def items(html):
    """Return plan and words of each item of the list."""
    found = re.findall(r'<li data-pb-plans="([^"]*)">(.*?)</li>', str(html))
    return {plan_id: re.sub(r"<[^>]+>", "", words) for plan_id, words in found}


def test_what_to_doubt_of_the_real_plans():
    found = items(points.doubts(page(), REAL, entries()))
    assert list(found) == list(ALL)
    assert found[NIHONMATSU].startswith(
        "二本松市 第2期総合戦略：「10年間」（検算：2005年12月1日から2020年12月1日まで ＝ 15年）、"
    )
    assert [plan_id for plan_id, words in found.items() if "10年間" in words] == [NIHONMATSU]
    assert found[NINOHE_BASIC] == (
        "二戸市 後期基本計画：検算できたのは20か所で、合わないところはありませんでした。"
        "文字の取り出しで崩れた7か所は、読み替えています。"
    )
    assert found[AIZUWAKAMATSU] == (
        "会津若松市 第3期総合戦略：「第7次会津若松市総合計画」（表記の違い）の1か所、"
        "この資料に書かれていないため決まらないことが5か所。"
    )
    remarked = [plan_id for plan_id, words in found.items() if words.endswith(f"。{DRAFT}")]
    assert remarked == [KITAMOTO] == [plan_id for plan_id, words in found.items() if DRAFT in words]
    assert "など4か所" in found[KITAMOTO]
    assert found[KITAMOTO].count("「") == points.MOST_QUOTED


def test_every_doubt_leads_to_its_recomputation():
    ledger = str(show_ledger(comparison("check"), entries()))
    anchors = re.findall(r'href="check\.html#([^"]+)"', str(points.doubts(page(), REAL, entries())))
    assert len(anchors) >= 6
    assert not [anchor for anchor in anchors if f'id="{anchor}"' not in ledger]


def test_a_plan_of_which_nothing_can_be_recomputed_is_not_found_without_fault():
    plans = of(FLAT)
    assert list(items(points.doubts(page(), plans, gather_entries(plans))).values()) == [
        "架空1市 計画：検算できる記述がありません。"
    ]
    drafts = of(FLAT | {"status": "draft"})
    assert list(items(points.doubts(page(), drafts, [])).values()) == [
        f"架空1市 計画：検算できる記述がありません。{DRAFT}"
    ]


def test_without_plans_nothing_is_doubted():
    assert said(points.doubts(page(), [], [])) == "ならべる計画がありません。"


def some_of(plan_id, **wanted):
    return [
        entry
        for entry in entries()
        if entry.plan.plan_id == plan_id and all(getattr(entry.check, k) == v for k, v in wanted.items())
    ]


@pytest.mark.parametrize(
    ("n", "ending"),
    [(0, None), (1, "の1か所。"), (2, "の2か所。"), (3, "など3か所。"), (12, "など12か所。")],
)
def test_few_doubts_are_quoted_and_more_are_counted(n, ending):
    spelling = some_of(KITAMOTO, nature="wording", verdict="mismatch")[0]
    agreed = some_of(KITAMOTO, verdict="match")[:1]
    found = items(points.doubts(page(), [plan_of(KITAMOTO)], [*agreed, *[spelling] * n]))[KITAMOTO]
    assert found.count("「") == min(n, points.MOST_QUOTED)
    nothing = "：検算できたのは1か所で、合わないところはありませんでした。"
    assert found.endswith((ending or nothing) + DRAFT)


def test_hindsight_is_counted_and_not_quoted():
    entry = some_of(NINOHE, nature="hindsight")[0]
    found = items(points.doubts(page(), [plan_of(NINOHE)], [entry]))[NINOHE]
    assert found == "二戸市 第1期総合戦略：策定の後に分かったことが1か所。"


def test_quotations_stay_text():
    entry = some_of(KITAMOTO, nature="wording", verdict="mismatch")[0]
    evil = Place(**{**vars(entry.check.places[0]), "as_written": "<script>alert(1)</script>&"})
    spoiled = replace(entry, check=replace(entry.check, places=(evil,)))
    markup = str(points.doubts(page(), [plan_of(KITAMOTO)], [spoiled]))
    assert "<script>" not in markup
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in markup


# --------------------------------------------------------------------------------------- what the documents hold


def contents(plans):
    """Return sign and count of each subject as they are drawn, by plan."""
    found = {}
    for row in drawn(overview_contents.view_contents(plans)):
        cells = found.setdefault(row["plan"], {})
        assert row["subject"] not in cells
        cells[row["subject"]] = f"{row['sign']} {row['count']}".strip()
    assert all(list(cells) == list(overview_contents.SUBJECTS) for cells in found.values())
    return found


def drawn(view):
    """Return the rows behind the signs of the picture."""
    (rows,) = [rows for rows in view.chart.to_dict()["datasets"].values() if "sign" in rows[0]]
    return rows


def test_what_the_real_documents_hold():
    found = contents(REAL)
    order = ("target", "assumptions", "goals", "measures", "indicators", "values", "years", "actuals", "reviews", "results")  # fmt: skip
    rows = {plan: [cells[name] for name in order] for plan, cells in found.items()}
    assert rows == {
        "二戸市 後期基本計画": ["−", "・", "○ 4", "○ 65", "○ 8", "− 0/8", "− 0/8", "− 0/8", "−", "−"],
        "二戸市 第1期総合戦略": ["○ 1/1", "○ 3", "○ 4", "○ 31", "◇", "・", "・", "・", "−", "−"],
        "会津若松市 第3期総合戦略": ["− 0/1", "−", "○ 4", "◇", "◇", "・", "・", "・", "○ 2", "−"],
        "二本松市 第2期総合戦略": ["○ 2/2", "−", "○ 4", "○ 17", "−", "・", "・", "・", "−", "◇"],
        "北本市 第2期総合戦略(案)": ["−", "・", "○ 6", "−", "○ 15", "△ 12/17", "− 0/17", "− 0/17", "○ 2", "−"],
    }  # fmt: skip


@pytest.mark.parametrize("subject", ["measures", "indicators", "results"])
def test_what_a_document_announces_without_giving_it_is_told_from_what_it_does_not_name(subject):
    (cells,) = contents(of(announce(subject))).values()
    open_ = {"measures": "−", "indicators": "−", "results": "−"}
    assert {name: cells[name] for name in open_} == open_ | {subject: "◇"}
    (row,) = [
        row
        for row in overview_contents.view_contents(of(announce(subject))).table.as_file.frame.to_dict(
            "records"
        )
        if row["state"] == "あると書かれているが、一覧がない"
    ]
    assert row["item"] == overview_contents.SUBJECTS[subject].replace(" ", "")


def test_what_is_listed_is_not_only_announced():
    kind = VALUED | announce("goals", "indicators")
    (cells,) = contents(of(kind)).values()
    assert (cells["goals"], cells["indicators"]) == ("○ 4", "○ 1")


def test_the_heading_of_a_target_says_that_it_has_a_year():
    """会津若松市 states a population without a year: it is not said to state none."""
    (title,) = [
        column.title
        for column in overview_contents.view_contents(REAL).table.columns
        if column.name == "target"
    ]
    assert "年のある" in title


def test_every_sign_has_a_word_for_those_who_hear_the_page():
    view = overview_contents.view_contents(REAL)
    cells = {
        (row["plan"], name): row[name]
        for row in view.table.frame.to_dict("records")
        for name in overview_contents.SUBJECTS
    }
    assert len(cells) == len(drawn(view)) == 5 * 10
    for row in drawn(view):
        (state,) = [key for key, sign in overview_contents.SIGNS.items() if sign == row["sign"]]
        count = f"（{row['count']}）" if row["count"] else ""
        assert cells[row["plan"], row["subject"]] == f"{overview_contents.STATES[state]}{count}"
        assert row["words"].endswith(f" {overview_contents.STATES[state]}{count}")
        # The words beside the picture are of each plan by itself.
        (sentence,) = [one for one in view.alternative.split("。") if one.startswith(f"{row['plan']}：")]
        assert row["words"] in sentence
    assert set(overview_contents.SIGNS) == set(overview_contents.STATES)
    assert len(set(overview_contents.SIGNS.values())) == len(overview_contents.SIGNS)
    for plan in REAL:
        assert {item.subject for item in list_contents(plan)} == set(overview_contents.SUBJECTS)


def test_rows_say_to_which_plan_they_belong_and_the_file_has_one_datum_a_row():
    view = overview_contents.view_contents(REAL)
    assert re.findall(r'<tr data-pb-plans="([^"]*)"', str(view.table.html())) == list(ALL)
    rows = view.table.as_file.frame.to_dict("records")
    assert len(rows) == len(view.table.as_file.records()) == 5 * len(overview_contents.SUBJECTS)
    row = next(row for row in rows if row["place"] == "北本市" and row["count"] == 12)
    assert (row["state"], row["total"]) == ("一部だけ載っている", 17)
    assert overview_contents.view_contents([]) is None


# ------------------------------------------------------------------------------------------- what may be compared


def answers(plans):
    table = points.table_comparability(plans, gather_all_goals(plans))
    return {row["比べること"]: row["比べられるか"][0] for row in table.records()}


def test_what_of_the_real_plans_may_be_compared():
    assert answers(REAL) == {
        "計画期間": "○",
        "人口の推移と将来推計": "○",
        "人口の目標と推計の差": "△",
        "最上位の目標のテーマ": "△",
        "施策の数": "×",
        "指標の目標値": "×",
        "指標の達成": "×",
        "検算で見つかったところの数": "×",
    }


def test_what_of_plans_without_anything_may_be_compared():
    found = answers(of({"goals": []}, {"goals": []}))
    assert {name for name, answer in found.items() if answer != "×"} == {"計画期間"}


@pytest.mark.parametrize("plans", [[], REAL[:1]])
def test_one_plan_is_compared_with_nothing(plans):
    assert points.table_comparability(plans, gather_all_goals(plans)) is None


def test_the_reason_for_periods_follows_the_periods():
    same = of(FLAT, FLAT)
    other = of(FLAT, FLAT | {"start": 2016})
    reasons = [
        points.table_comparability(plans, gather_all_goals(plans)).records()[0]["理由"]
        for plans in (same, other)
    ]
    assert reasons[0] == "どの計画の期間も同じ年度である。"
    assert "違う" in reasons[1]


# ------------------------------------------------------------------------------------------------ the whole page


def test_the_overview_without_figures_of_the_place_has_no_slip(monkeypatch):
    plans = [*of(FLAT, aimed(2040), VALUED), make_plan(9, tops(2) + measures(1), census=True)]
    page_ = run_notebook("overview", plans, monkeypatch)
    assert slips(page_, *titles_of(plans)) == []
    ids = re.findall(r'\bid="([^"]*)"', str(page_))
    assert len(ids) == len(set(ids))


def test_one_plan_is_told_why_nothing_is_compared(monkeypatch):
    words = said(run_notebook("overview", REAL[:1], monkeypatch))
    assert "ならべる計画が2つ以上あるときに示します。" in words
    assert "計画がありません" not in words


def test_titles_stay_text(monkeypatch):
    evil = "<script>alert(1)</script>&"
    plans = [make_plan(n, tops(), themes=PILLARS, title=f"{evil}{n}", code=f"4790{n}") for n in (1, 2)]
    markup = str(run_notebook("overview", plans, monkeypatch))
    assert "<script>alert" not in markup
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;1" in markup
