"""What the page says of similar municipalities: which half, which side, never which place."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from comparison_house import AIZUWAKAMATSU, ALL, KITAMOTO, NIHONMATSU, NINOHE, NINOHE_BASIC, compare
from planbook.analysis.peers import PeerRule, place_among, spread_of
from planbook.load.plan import load_plan
from planbook.presentation.comparison import peer_views, peer_words
from planbook.presentation.page import open_comparison
from planbook.presentation.theme import enable_theme
from planbook.summary.comparison.comparison_facts import gather_comparison
from planbook.summary.comparison.peer_facts import PeerSpread, gather_peers
from planbook.vocabulary.numbers import number

COUNTRY = "47999-strategy-1"
QUANTITIES = ("least", "low", "middle", "high", "most")
VIEWS = {"counted": peer_views.view_counted, "projected": peer_views.view_projected}


def page_of(peers):
    return open_comparison(peers.comparison.plans[0].plan.reference, "population")


def five():
    return gather_peers(compare(*ALL))


def spoken(function, peers, *more):
    return function(page_of(peers), peers, *more).plain().replace(" ", "")


def percent(value):
    return number(value, "percent", decimals=1, sign=True)


def standing(own, values, *, kind="city", measure="projected"):
    """Return 二戸市 with other figures: its own change and those of its peers, in per cent."""
    (item,) = gather_peers(compare(NINOHE)).places
    changes = {} if own is None else {measure: percent(own)}
    spread = spread_of([percent(value).value for value in values])
    given = PeerSpread(
        n=spread.n,
        **{name: percent(getattr(spread, name)) for name in QUANTITIES},
        position=None if own is None else place_among(percent(own).value, spread),
    )
    return replace(item, kind=kind, own=replace(item.own, changes=changes), spreads={measure: given})


def say(item, measure="projected"):
    peers = gather_peers(compare(NINOHE))
    words = peer_words.position(page_of(peers), item, measure, "二戸市")
    return None if words is None else words.plain().replace(" ", "")


LOSSES = (-50, -42, -40, -36, -34, -30, -28, -26, -20, -10, -8)  # quartiles −38 and −23
SPAN = "二戸市の社人研推計の2020年から2050年までの人口の増減"


@pytest.mark.parametrize(
    ("own", "values", "words"),
    [
        (-30, LOSSES, f"{SPAN}（−30.0%）は、条件の似た11市の中ほどの半分（−38.0%〜−23.0%）に入ります。"),
        (-38, LOSSES, f"{SPAN}（−38.0%）は、条件の似た11市の中ほどの半分（−38.0%〜−23.0%）に入ります。"),
        (
            -41.2,
            LOSSES,
            f"{SPAN}（−41.2%）は、条件の似た11市の幅（−50.0%〜−8.0%）の中で、"
            "中ほどの半分（−38.0%〜−23.0%）より減り方の大きい側にあります。",
        ),
        (
            -9,
            LOSSES,
            f"{SPAN}（−9.0%）は、条件の似た11市の幅（−50.0%〜−8.0%）の中で、"
            "中ほどの半分（−38.0%〜−23.0%）より減り方の小さい側にあります。",
        ),
        (
            -63.4,
            LOSSES,
            f"{SPAN}（−63.4%）は、条件の似た11市の幅（−50.0%〜−8.0%）の外で、減り方の大きい側にあります。",
        ),
        (-7.9, LOSSES, f"{SPAN}（−7.9%）は、条件の似た11市の幅（−50.0%〜−8.0%）の外で、減り方の小さい側にあります。"),
        (0, LOSSES, f"{SPAN}（0.0%）は、条件の似た11市の幅（−50.0%〜−8.0%）の外で、増える側にあります。"),
        (2, LOSSES, f"{SPAN}（+2.0%）は、条件の似た11市の幅（−50.0%〜−8.0%）の外で、増える側にあります。"),
        (
            1,
            (2, 4, 6, 8, 10),
            f"{SPAN}（+1.0%）は、条件の似た5市の幅（+2.0%〜+10.0%）の外で、増え方の小さい側にあります。",
        ),
        (
            -1,
            (2, 4, 6, 8, 10),
            f"{SPAN}（−1.0%）は、条件の似た5市の幅（+2.0%〜+10.0%）の外で、減り方の大きい側にあります。",
        ),
        (-20, (-20, -20, -20), f"{SPAN}（−20.0%）は、条件の似た3市のどれとも同じです。"),
        (
            -25,
            (-20, -20, -20),
            f"{SPAN}（−25.0%）は、どれも−20.0%の条件の似た3市より、減り方の大きい側にあります。",
        ),
        (
            None,
            LOSSES,
            f"{SPAN}は、値がありません。条件の似た11市では−50.0%から−8.0%まで、中ほどの半分は−38.0%から−23.0%までです。",
        ),
        (12345.67, LOSSES, f"{SPAN}（+12,345.7%）は、条件の似た11市の幅（−50.0%〜−8.0%）の外で、増える側にあります。"),
    ],
)  # fmt: skip
def test_where_a_municipality_stands(own, values, words):
    # 二戸市 has 68 peers; those that the case gives no value are said not to be counted
    rest = (
        f"条件の似た68市のうち{68 - len(values)}市は、値がないので数えていません。" if own is not None else ""
    )
    assert say(standing(own, values)) == words + rest


@pytest.mark.parametrize(
    ("kind", "n", "words"),
    [
        ("city", 1, "1市"),
        ("city", 68, "68市"),
        ("designated_city", 3, "3市"),
        ("special_ward", 11, "11区"),
        ("town_or_village", 1200, "1,200町村"),
        ("town_or_village", 0, "0町村"),
    ],
)
def test_peers_are_counted_as_what_they_are(kind, n, words):
    assert peer_words.peers_counted(kind, n) == words


def test_towns_are_called_towns():
    assert "条件の似た11町村の中ほどの半分" in say(standing(-30, LOSSES, kind="town_or_village"))


def test_the_sentences_of_the_five_plans():
    peers = five()
    counted, projected = (spoken(peer_words.positions, peers, measure) for measure in VIEWS)
    assert (
        "会津若松市の国勢調査の2015年から2020年までの人口の増減（−5.4%）は、条件の似た72市の幅（−5.0%〜+4.9%）の外で、"
        "減り方の大きい側にあります。この期間の会津若松市には、このページの初めに挙げた、ふだんと違う年が含まれます。"
    ) in counted
    assert (
        "二戸市の国勢調査の2015年から2020年までの人口の増減（−7.6%）は、条件の似た68市の中ほどの半分（−8.2%〜−5.8%）に入ります。"
        "会津若松市"
    ) in counted  # an ordinary period needs no reserve
    assert f"{SPAN}（−46.3%）は、条件の似た68市の中ほどの半分（−47.1%〜−38.4%）に入ります。" in projected
    assert "条件の似た89市の幅（−47.3%〜−14.1%）の中で" in projected
    # one of the 90 is a place on the coast of Fukushima, for which no projection is published
    assert "条件の似た90市のうち1市は、値がないので数えていません。" in projected
    assert projected.count("値がないので数えていません") == 1
    # A projection carries on the five years before its base; those of 北本市 and 二戸市 were as others.
    for place in ("会津若松市", "二本松市"):
        reserve = f"推計のもとになった2015〜2020年の{place}の動きには、このページの初めに挙げた、ふだんと違う年が含まれます。"
        assert projected.count(reserve) == 1
    assert projected.count("ふだんと違う年") == 2


def test_every_figure_of_a_sentence_leads_to_its_source():
    peers = five()
    page = page_of(peers)
    words = peer_words.positions(page, peers, "projected").markup
    assert len(re.findall(r'<a class="pb-num"', words)) == 3 + 5 + 5 + 3
    lines = page.source_list().plain()
    assert "二戸市と条件の似た68市区町村の2020〜2050年の増減の下から4分の1の値" in lines
    assert "日本の地域別将来推計人口" in lines


def test_the_rule_is_stated_with_its_own_figures():
    words = spoken(peer_words.rule, five())
    for part in (
        "人口が4分の3倍から3分の4倍まで",
        "差が3ポイント以内",
        "2020年の国勢調査",
        "10市区町村に満たない",
    ):
        assert part in words
    other = gather_peers(compare(NINOHE), PeerRule(largest_ratio=PeerRule().largest_ratio * 3 / 2, fewest=5))
    assert "人口が2分の1倍から2倍まで" in spoken(peer_words.rule, other)
    assert "5市区町村に満たない" in spoken(peer_words.rule, other)


def test_the_conditions_of_each_municipality():
    words = spoken(peer_words.conditions, five())
    assert (
        "二戸市（人口25,513人、65歳以上37.5%）：市（政令指定都市を除く）で、人口19,135人から34,017人まで、"
        "65歳以上の割合34.5%から40.5%まで。当てはまるのは68市です。"
    ) in words
    assert "満たない" not in words


def test_who_is_whose_peer():
    words = spoken(peer_words.mutual, five())
    assert (
        words
        == "二本松市と北本市は、互いに条件の似た市区町村です。ならべた市区町村のほかの組は、条件のどれかが合いません。"
    )
    none = gather_peers(compare(NINOHE, AIZUWAKAMATSU))
    assert spoken(peer_words.mutual, none) == "ならべた市区町村どうしでは、互いに条件の似た組はありません。"
    assert spoken(peer_words.mutual, gather_peers(compare(NINOHE))) == ""
    both = gather_peers(compare(NIHONMATSU, KITAMOTO))
    assert spoken(peer_words.mutual, both) == "二本松市と北本市は、互いに条件の似た市区町村です。"


def test_too_few_peers():
    peers = gather_peers(compare(*ALL), PeerRule(fewest=73))
    assert "当てはまるのは68市です。73市区町村に満たないので、幅は示しません。" in spoken(
        peer_words.conditions, peers
    )
    words = spoken(peer_words.positions, peers, "counted")
    assert "二戸市" not in words
    assert "二本松市の国勢調査" in words


def test_too_few_peers_with_the_figure():
    peers = gather_peers(compare(NIHONMATSU), PeerRule(fewest=90))
    assert spoken(peer_words.positions, peers, "projected") == (
        "二本松市と条件の似た90市のうち、社人研推計の2020年から2050年までの人口の増減がわかるのは89市だけなので、幅を示しません。"
    )
    assert peer_views.view_projected(peers) is None
    assert peer_views.view_counted(peers) is not None


def test_a_municipality_that_the_table_does_not_have(country):
    enable_theme()
    alone = gather_peers(gather_comparison([load_plan(country.root, COUNTRY)]))
    assert spoken(peer_words.conditions, alone) == (
        "架空市：全国の市区町村の表に値がないので、条件の似た市区町村を選べません。"
    )
    for measure, view in VIEWS.items():
        assert spoken(peer_words.positions, alone, measure) == ""
        assert view(alone) is None
    assert peer_views.view_names(alone) is None
    assert spoken(peer_views.folded_names, alone) == ""


def test_a_municipality_with_outliers_around_it():
    (item,) = gather_peers(compare(KITAMOTO)).places
    peers = gather_peers(compare(KITAMOTO))
    held = replace(peers, places=(replace(item, peers=item.peers[1:], left_out=item.peers[:1]),))
    first = item.peers[0]
    assert f"85市です。{first.name}（{first.prefecture}）も条件が合いますが" in spoken(
        peer_words.conditions, held
    )


def test_an_outlier_says_why():
    peers = gather_peers(compare(NINOHE))
    (item,) = peers.places
    place = replace(item.place, plan=replace(item.place.plan, municipality=_renamed(item, "07545")))
    left_out = replace(item, place=place, missing="left_out", peers=(), spreads={})
    words = peer_words._condition(page_of(peers), peers, left_out, "大熊町").plain().replace(" ", "")
    assert words.startswith("大熊町：原子力災害による避難指示で")
    assert "人になった。増減の率をほかと比べにくいので" in words


def _renamed(item, code):
    municipality = item.place.plan.municipality
    return replace(municipality, file=municipality.file.model_copy(update={"code": code}))


def test_no_plan_at_all():
    peers = gather_peers(gather_comparison([]))
    page = open_comparison(compare(NINOHE).plans[0].plan.reference, "population")
    for words in (peer_words.rule, peer_words.conditions, peer_words.mutual, peer_views.folded_names):
        assert words(page, peers).plain() == ""
    assert peer_words.positions(page, peers, "counted").plain() == ""
    assert [view(peers) for view in (*VIEWS.values(), peer_views.view_names)] == [None, None, None]


# --------------------------------------------------------------------------------------------- tables and charts


@pytest.mark.parametrize("measure", VIEWS)
def test_the_table_has_a_row_a_municipality_in_the_order_of_the_codes(measure):
    rows = VIEWS[measure](five()).table.records()
    assert [row["市区町村"] for row in rows] == ["二戸市", "会津若松市", "二本松市", "北本市"]


def test_the_table_of_the_projection_by_hand():
    table = VIEWS["projected"](five()).table
    row = table.records()[0]
    assert table.as_file.records()[0] == {"団体コード": "03213", **row}
    assert row == {
        "市区町村": "二戸市",
        "2020〜2050年の 増減（%）": -46.3,
        "条件の似た 市区町村（団体）": 68,
        "その最小（%）": -57.6,
        "下から 4分の1（%）": -47.1,
        "中央値（%）": -42.5,
        "上から 4分の1（%）": -38.4,
        "最大（%）": -28.1,
    }


def test_a_municipality_without_peers_keeps_its_row_and_its_own_mark():
    enable_theme()
    view = VIEWS["counted"](gather_peers(compare(*ALL), PeerRule(fewest=73)))
    row = view.table.records()[0]
    assert (row["2015〜2020年の 増減（%）"], row["条件の似た 市区町村（団体）"]) == (-7.6, None)
    assert "NaN" not in json.dumps(view.chart.to_dict())
    assert "二戸市 −7.6%、" in view.alternative


@pytest.mark.parametrize("measure", VIEWS)
def test_the_rows_of_the_chart_keep_the_order_and_belong_to_their_plans(measure):
    enable_theme()
    spec = VIEWS[measure](five()).chart.to_dict()
    sorts = {tuple(layer["encoding"]["y"]["sort"]) for layer in spec["layer"] if "y" in layer["encoding"]}
    (order,) = sorts
    assert [name.split("（")[0] for name in order] == ["二戸市", "会津若松市", "二本松市", "北本市"]
    assert spec["usermeta"]["planbook"]["rows"] == "row"
    frames = [rows for rows in spec["datasets"].values() if rows and "row" in rows[0]]
    ids = {row["row"].split("（")[0]: row["plan_ids"] for rows in frames for row in rows}
    assert ids["二戸市"].split() == [NINOHE_BASIC, NINOHE]
    assert ids["会津若松市"] == AIZUWAKAMATSU


def test_the_scale_of_the_chart_holds_every_value_and_zero():
    spec = VIEWS["projected"](five()).chart.to_dict()
    domains = {tuple(layer["encoding"]["x"]["scale"]["domain"]) for layer in spec["layer"]
               if "scale" in layer["encoding"]["x"]}  # fmt: skip
    ((first, last),) = domains
    assert first == pytest.approx(-57.6, abs=0.05)
    assert last == 0


def labelled(chart, field):
    """Return dy of the labels of `field`, by municipality."""
    spec = chart.to_dict()
    return {
        row["row"].split("（")[0]: layer["mark"].get("dy", 0)
        for layer in spec["layer"]
        if layer["encoding"].get("text", {}).get("field") == field
        for row in spec["datasets"][layer["data"]["name"]]
    }


def test_a_value_makes_way_for_the_own_mark():
    """会津若松市 stands just outside the range: the label of the range's end goes below."""
    enable_theme()
    chart = VIEWS["counted"](five()).chart
    assert labelled(chart, "least_label") == {"二戸市": 0, "会津若松市": 35, "二本松市": 0, "北本市": 0}
    assert set(labelled(chart, "most_label").values()) == {0}


def test_what_belongs_to_a_plan_says_so():
    peers = five()
    for words in (
        peer_words.conditions(page_of(peers), peers).markup,
        peer_words.positions(page_of(peers), peers, "counted").markup,
    ):
        found = re.findall(r'<li data-pb-plans="([^"]+)">', words)
        assert found == [f"{NINOHE_BASIC} {NINOHE}", AIZUWAKAMATSU, NIHONMATSU, KITAMOTO]
    pair = re.findall(r'data-pb-plans="([^"]+)"', peer_words.mutual(page_of(peers), peers).markup)
    assert pair == [f"{NIHONMATSU}+{KITAMOTO}"]


def test_a_pair_of_places_with_several_plans_is_shown_for_any_of_them():
    assert peer_words._both("a b", "c") == "a+c b+c"


def test_the_names_and_their_download():
    peers = five()
    view = peer_views.view_names(peers)
    shown = view.table.records()
    assert [row["市区町村"] for row in shown] == [
        "二戸市（似た68市）", "会津若松市（似た72市）", "二本松市（似た90市）", "北本市（似た86市）",
    ]  # fmt: skip
    assert shown[0]["名前（市区町村コードの順）"].startswith("北海道 留萌市、紋別市")
    rows = view.table.as_file.records()
    assert len(rows) == 68 + 72 + 90 + 86
    own = [row for row in rows if row["団体コード"] == "03213"]
    codes = [row["条件の似た市区町村の団体コード"] for row in own]
    assert codes == sorted(codes)
    (rumoi,) = [row for row in own if row["条件の似た市区町村"] == "留萌市"]
    assert rumoi == {
        "団体コード": "03213",
        "団体名": "二戸市",
        "条件の似た市区町村の団体コード": "01212",
        "条件の似た市区町村の都道府県": "北海道",
        "条件の似た市区町村": "留萌市",
        "2015年 国勢調査（人）": 22221,
        "2020年 国勢調査（人）": 20114,
        "2020年の65歳以上の割合（%、年齢不詳を除く）": 38.8,  # 7,425 ÷ 19,117 of known age
        "2015〜2020年の増減（%）": -9.5,  # 20,114 ÷ 22,221
        "2030年 推計（人）": 15735,
        "2040年 推計（人）": 12113,
        "2050年 推計（人）": 8955,
        "2020〜2050年の増減（%）": -55.5,
    }
    (minamisoma,) = [row for row in rows if row["条件の似た市区町村の団体コード"] == "07212"]
    assert (minamisoma["2050年 推計（人）"], minamisoma["2020〜2050年の増減（%）"]) == (None, None)
    folded = peer_views.folded_names(page_of(peers), peers).markup
    assert folded.startswith('<details class="pb-data pb-fold"><summary>')


def test_nothing_of_it_is_a_ranking():
    """No place, no order by value, no better or worse."""
    peers = five()
    said = "".join(
        [
            *(spoken(words, peers) for words in (peer_words.rule, peer_words.conditions, peer_words.mutual)),
            *(spoken(peer_words.positions, peers, measure) for measure in VIEWS),
            *(view(peers).alternative for view in VIEWS.values()),
        ]
    )
    for word in ("番目", "順位", "1位", "上位", "下位", "良い", "悪い", "優れ", "劣", "平均より"):
        assert word not in said, word
