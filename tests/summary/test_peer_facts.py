"""The compared municipalities among those under similar conditions: figures, gaps, and who is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comparison_house import (
    AIZUWAKAMATSU,
    ALL,
    KITAMOTO,
    NIHONMATSU,
    NINOHE,
    compare,
    copy_data,
    drop_lines,
    plan_of,
)
from planbook.analysis.peers import PeerRule
from planbook.load.plan import load_plan
from planbook.summary.comparison.comparison_facts import gather_comparison
from planbook.summary.comparison.peer_facts import YEARS, gather_peers

COUNTRY = "47999-strategy-1"
QUANTITIES = ("least", "low", "middle", "high", "most")


def place(peers, code):
    (item,) = [item for item in peers.places if item.place.code == code]
    return item


def ninohe_of(root):
    return place(gather_peers(gather_comparison([load_plan(root, NINOHE)])), "03213")


def outlier(root, code):
    file = root.reference_folder / "outlier_municipalities.csv"
    row = f"{code},evacuated,避難で人口が動いた。,Evacuated,census-2020-ssdse\n"
    file.write_text(file.read_text(encoding="utf-8-sig") + row, encoding="utf-8")


def change_row(root, code, **cells):
    file = root.reference_folder / "peer_figures.csv"
    heading, *rows = file.read_text(encoding="utf-8-sig").splitlines()
    names = heading.split(",")
    changed = [
        ",".join(str(cells.get(name, value)) for name, value in zip(names, row.split(","), strict=True))
        if row.startswith(code)
        else row
        for row in rows
    ]
    assert changed != rows
    file.write_text("\n".join([heading, *changed]) + "\n", encoding="utf-8")


NO_PROJECTION = {
    f"ipss2023_{name}": "" for name in ("2030_persons", "2040_persons", "2050_persons", "source_id")
}


# ----------------------------------------------------------------------------------------- the five plans


def test_every_municipality_once_in_the_order_of_the_codes():
    peers = gather_peers(compare(*ALL))
    assert [item.place.code for item in peers.places] == ["03213", "07202", "07210", "11233"]
    for item in peers.places:
        codes = [peer.code for peer in item.peers]
        assert codes == sorted(codes)
        assert item.place.code not in codes
        assert item.missing is None


@pytest.mark.parametrize(
    ("code", "measure", "own", "position"),
    [
        ("03213", "counted", "−7.6%", "inside"),  # 25,513 ÷ 27,611
        ("03213", "projected", "−46.3%", "inside"),  # 13,701 ÷ 25,513
        ("07202", "counted", "−5.4%", "below_all"),  # 117,376 ÷ 124,062
        ("07202", "projected", "−35.0%", "below_half"),  # 76,262 ÷ 117,376
        ("07210", "counted", "−7.9%", "below_half"),  # 53,557 ÷ 58,162
        ("07210", "projected", "−40.6%", "below_half"),  # 31,803 ÷ 53,557
        ("11233", "counted", "−3.3%", "inside"),  # 65,201 ÷ 67,409
        ("11233", "projected", "−29.9%", "inside"),  # 45,682 ÷ 65,201
    ],
)
def test_where_the_compared_cities_stand(code, measure, own, position):
    item = place(gather_peers(compare(*ALL)), code)
    assert (str(item.changes[measure]), item.spreads[measure].position) == (own, position)


def test_the_conditions_of_ninohe_by_hand():
    item = place(gather_peers(compare(*ALL)), "03213")
    assert [str(limit) for limit in item.persons_limits] == ["19,135人", "34,017人"]  # 25,513 × ¾ and × 4/3
    assert str(item.own.old_share) == "37.5%"  # 9,509 ÷ 25,380 of known age
    assert [str(limit) for limit in item.share_limits] == ["34.5%", "40.5%"]
    for peer in item.peers:
        assert 19135 <= peer.persons[2020].value <= 34017
        assert abs(peer.old_share.value - item.own.old_share.value) <= 3
        assert peer.code[2] == "2"


def test_who_is_whose_peer():
    peers = gather_peers(compare(*ALL))
    assert [(one.place.code, other.place.code) for one, other in peers.mutual] == [("07210", "11233")]
    assert gather_peers(compare(NINOHE, AIZUWAKAMATSU)).mutual == ()


def test_every_quantity_leads_to_the_tables_of_both_its_years():
    item = place(gather_peers(compare(*ALL)), "03213")
    for measure, sources in (
        ("counted", {"census-2015-ssdse", "census-2020-ssdse"}),
        ("projected", {"census-2020-ssdse", "ipss2023"}),
    ):
        for name in QUANTITIES:
            number = getattr(item.spreads[measure], name)
            assert {part.source.source_id for part in number.inputs} == sources
            start, end = YEARS[measure]
            assert f"68市区町村の{start}〜{end}年" in number.formula
        assert len({getattr(item.spreads[measure], name).formula for name in QUANTITIES}) == 5


def test_the_quantities_are_in_order():
    for item in gather_peers(compare(*ALL)).places:
        for spread in item.spreads.values():
            values = [getattr(spread, name).value for name in QUANTITIES]
            assert values == sorted(values)


def test_peers_without_a_projection_count_for_the_census_alone():
    """南相馬市 is under similar conditions as 二本松市, and projected as a part of its region only."""
    item = place(gather_peers(compare(*ALL)), "07210")
    (lacking,) = [peer for peer in item.peers if "projected" not in peer.changes]
    assert lacking.code == "07212"
    assert set(lacking.persons) == {2015, 2020}
    assert (item.spreads["counted"].n, item.spreads["projected"].n) == (90, 89)


# ------------------------------------------------------------------------------------------------- gaps


def test_no_municipality_at_all():
    peers = gather_peers(gather_comparison([]))
    assert (peers.places, peers.mutual) == ((), ())


def test_too_few_peers_have_no_spread_and_nobody_is_added():
    peers = gather_peers(compare(*ALL), PeerRule(fewest=73))
    for code, n, missing in (("03213", 68, "few"), ("07202", 72, "few"), ("07210", 90, None)):
        item = place(peers, code)
        assert (len(item.peers), item.missing, bool(item.spreads)) == (n, missing, missing is None)


def test_too_few_peers_with_the_figure():
    item = place(gather_peers(compare(NIHONMATSU), PeerRule(fewest=90)), "07210")
    assert item.missing is None
    assert set(item.spreads) == {"counted"}


def test_a_municipality_that_the_table_does_not_have(country):
    (item,) = gather_peers(gather_comparison([load_plan(country.root, COUNTRY)])).places
    assert (item.missing, item.own, item.peers, item.spreads) == ("not_listed", None, (), {})
    assert (item.persons_limits, item.share_limits, item.changes) == (None, None, {})


def test_an_outlier_is_nobody_s_peer_and_has_none(tmp_path):
    root = copy_data(tmp_path, [NINOHE, NIHONMATSU, KITAMOTO])
    outlier(root, "07210")
    peers = gather_peers(
        gather_comparison([load_plan(root, plan) for plan in (NINOHE, NIHONMATSU, KITAMOTO)])
    )
    assert place(peers, "07210").missing == "left_out"
    assert place(peers, "07210").peers == ()
    kitamoto = place(peers, "11233")
    assert "07210" not in {peer.code for peer in kitamoto.peers}
    assert [peer.code for peer in kitamoto.left_out] == ["07210"]
    assert kitamoto.spreads["counted"].n == 85
    assert place(peers, "03213").left_out == ()


def test_a_municipality_without_a_projection_still_sees_that_of_its_peers(tmp_path):
    root = copy_data(tmp_path, [NINOHE])
    change_row(root, "03213", **NO_PROJECTION)
    item = ninohe_of(root)
    assert set(item.changes) == {"counted"}
    assert item.spreads["projected"].position is None
    assert item.spreads["projected"].n == 68


def test_from_nobody_there_is_no_change(tmp_path):
    root = copy_data(tmp_path, [NINOHE])
    change_row(root, "03213", census_2015_persons=0)
    item = ninohe_of(root)
    assert set(item.changes) == {"projected"}
    assert item.spreads["counted"].position is None


def test_where_nobody_s_age_is_known_there_are_no_peers(tmp_path):
    root = copy_data(tmp_path, [NINOHE])
    ages = dict.fromkeys((f"age_{name}_2020_persons" for name in ("0_14", "15_64", "65_over")), 0)
    change_row(root, "03213", **ages)
    item = ninohe_of(root)
    assert (item.missing, item.own.old_share, item.share_limits) == ("few", None, None)


def test_the_names_are_in_the_language_of_the_run():
    from planbook.vocabulary.catalogue import in_language  # noqa: PLC0415

    fresh = gather_comparison([replace(plan_of(NINOHE))])
    assert (first := place(gather_peers(fresh), "03213").peers[0]).name.endswith("市")
    with in_language("en"):
        english = place(gather_peers(fresh), "03213").peers[0]
    assert english.code == first.code
    assert english.name.isascii()
    assert english.prefecture.isascii()


def test_without_the_list_of_names_the_page_says_which_is_missing(tmp_path):
    """A table that was cut by hand: the code is named, not skipped."""
    from planbook.vocabulary.errors import InputError  # noqa: PLC0415

    root = copy_data(tmp_path, [NINOHE])
    first = ninohe_of(root).peers[0].code
    drop_lines(root.reference_folder / "municipalities.csv", first)
    with pytest.raises(InputError, match=first):
        ninohe_of(root)
