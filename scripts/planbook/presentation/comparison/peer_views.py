"""Figures of municipalities under similar conditions: how the peers lie, and who they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import pandas as pd

from planbook.presentation.charts.peers import draw_peers
from planbook.presentation.comparison.compare_labels import labels_of, plan_ids_of, unique
from planbook.presentation.comparison.peer_words import peers_counted
from planbook.presentation.html import Html, escape
from planbook.presentation.page import Page, View
from planbook.presentation.tables import Column, DataTable, data_table
from planbook.presentation.theme import ROLES
from planbook.summary.comparison.peer_facts import (
    PROJECTED,
    YEARS,
    Measure,
    PeerComparison,
    PeerFigures,
    PlacePeers,
)
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.numbers import Number
from planbook.vocabulary.provenance import SourceRef

#: What the own mark of each measure stands for.
OWN_ROLES: dict[Measure, str] = {"counted": "observed", "projected": "ipss_2023"}
_QUANTITIES = ("least", "low", "middle", "high", "most")


def view_counted(peers: PeerComparison) -> View | None:
    """Return the change between two censuses among the peers; None where no municipality has enough of them."""
    return _view(peers, "counted")


def view_projected(peers: PeerComparison) -> View | None:
    """Return the projected change among the peers; None where no municipality has enough of them."""
    return _view(peers, "projected")


def _view(peers: PeerComparison, measure: Measure) -> View | None:
    if not any(measure in item.spreads for item in peers.places):
        return None
    labels, ids = labels_of(peers.comparison), plan_ids_of(peers.comparison)
    rows = [
        _row(labels[item.place.code], item, measure) | {"plan_ids": ids[item.place.code]}
        for item in peers.places
    ]
    start, end = YEARS[measure]
    columns = [
        Column("place", text("市区町村")),
        Column("own", text("{start}〜{end}年の 増減（%）", start=start, end=end), 1, sign=True),
        Column("n", text("条件の似た 市区町村（団体）"), 0),
        Column("least", text("その最小（%）"), 1, sign=True),
        Column("low", text("下から 4分の1（%）"), 1, sign=True),
        Column("middle", text("中央値（%）"), 1, sign=True),
        Column("high", text("上から 4分の1（%）"), 1, sign=True),
        Column("most", text("最大（%）"), 1, sign=True),
    ]
    frame = pd.DataFrame(rows)
    file = data_table(frame, [Column("code", text("団体コード")), *columns])
    table = replace(data_table(frame, columns, plans="plan_ids"), as_file=file)
    sources = _sources(
        [figures for item in peers.places for figures in (item.own, *item.peers)], YEARS[measure]
    )
    drawn = [row for row in rows if row["least"] is not None or row["own"] is not None]
    words = text(
        "{start}年から{end}年までの人口の増減を、条件の似た市区町村の幅とならべた図（市区町村コードの順）。{parts}。",
        start=start,
        end=end,
        parts=text("、").join(f"{row['row']} {row['words']}" for row in drawn),
    )
    title = text("{start}〜{end}年の増減（%）", start=start, end=end)
    return View(draw_peers(pd.DataFrame(drawn), OWN_ROLES[measure], title), table, sources, words)


def _row(label: str, item: PlacePeers, measure: Measure) -> dict[str, object]:
    spread, own = item.spreads.get(measure), item.changes.get(measure)
    numbers: dict[str, Number | None] = {
        "own": own,
        **{name: getattr(spread, name) if spread else None for name in _QUANTITIES},
    }
    return {
        "code": item.place.code,
        "place": label,
        "n": spread.n if spread else None,
        **{name: float(value.value) if value else None for name, value in numbers.items()},
        **{f"{name}_label": str(value) if value else "" for name, value in numbers.items()},
        "row": text("{place}（似た{peers}）", place=label, peers=peers_counted(item.kind, spread.n))
        if spread
        else label,
        "series": ROLES[OWN_ROLES[measure]].label,
        "words": _words(own, spread),
    }


def _words(own: Number | None, spread) -> str:
    if spread is None:
        return str(own)
    figures = {name: getattr(spread, name) for name in ("least", "most", "low", "high")}
    if own is None:
        return text("似た市区町村は{least}〜{most}、中ほどの半分は{low}〜{high}", **figures)
    return text("{own}（似た市区町村は{least}〜{most}、中ほどの半分は{low}〜{high}）", own=own, **figures)


def _sources(figures: Sequence[PeerFigures | None], years: Sequence[int]) -> tuple[SourceRef, ...]:
    return unique(
        item.persons[year].source for item in figures if item for year in years if year in item.persons
    )


def view_names(peers: PeerComparison) -> View | None:
    """Return who the peers are, a row a municipality; the download has a row a peer. None without any."""
    held = [item for item in peers.places if item.peers]
    if not held:
        return None
    labels, ids = labels_of(peers.comparison), plan_ids_of(peers.comparison)
    rows = [
        {
            "place": text(
                "{place}（似た{peers}）",
                place=labels[item.place.code],
                peers=peers_counted(item.kind, len(item.peers)),
            ),
            "names": _by_prefecture(item.peers),
            "plan_ids": ids[item.place.code],
        }
        for item in held
    ]
    columns = [
        Column("place", text("市区町村")),
        Column("names", text("名前（市区町村コードの順）")),
    ]
    shown = data_table(pd.DataFrame(rows), columns, plans="plan_ids")
    figures = [figures for item in held for figures in item.peers]
    years = sorted({year for item in figures for year in item.persons})
    return View(None, replace(shown, as_file=_names_file(held, labels)), _sources(figures, years), "")


def _by_prefecture(peers: Sequence[PeerFigures]) -> Html:
    parts = [
        text(
            "{prefecture} {names}", prefecture=prefecture, names=text("、").join(item.name for item in group)
        )
        for prefecture, group in groupby(peers, key=lambda item: item.prefecture)
    ]
    return Html(f'<div class="pb-remarks">{"<br>".join(escape(part) for part in parts)}</div>')


def _names_file(held: Sequence[PlacePeers], labels: dict[str, str]) -> DataTable:
    """Return one peer a row, with the figures that the rule and the charts go by."""
    rows = [
        {
            "code": item.place.code,
            "place": labels[item.place.code],
            "peer_code": peer.code,
            "prefecture": peer.prefecture,
            "name": peer.name,
            "share": peer.old_share.value if peer.old_share else None,
            **{f"p{year}": number.value for year, number in peer.persons.items()},
            **{measure: number.value for measure, number in peer.changes.items()},
        }
        for item in held
        for peer in item.peers
    ]
    columns = [
        Column("code", text("団体コード")),
        Column("place", text("団体名")),
        Column("peer_code", text("条件の似た市区町村の団体コード")),
        Column("prefecture", text("条件の似た市区町村の都道府県")),
        Column("name", text("条件の似た市区町村")),
        *_figure_columns(),
    ]
    return data_table(pd.DataFrame(rows, columns=[column.name for column in columns]), columns)


def _figure_columns() -> list[Column]:
    (earlier, base), (_, end) = YEARS["counted"], YEARS["projected"]
    return [
        Column(f"p{earlier}", text("{year}年 国勢調査（人）", year=earlier), 0),
        Column(f"p{base}", text("{year}年 国勢調査（人）", year=base), 0),
        Column("share", text("{year}年の65歳以上の割合（%、年齢不詳を除く）", year=base), 1),
        Column("counted", text("{start}〜{end}年の増減（%）", start=earlier, end=base), 1, sign=True),
        *(Column(f"p{year}", text("{year}年 推計（人）", year=year), 0) for year in PROJECTED),
        Column("projected", text("{start}〜{end}年の増減（%）", start=base, end=end), 1, sign=True),
    ]


def folded_names(page: Page, peers: PeerComparison) -> Html:
    """Return who the peers are, folded, with the table to take along; nothing without any."""
    view = view_names(peers)
    if view is None:
        return Html("")
    figure = page.figure(
        "peer_names",
        None,
        view.table,
        caption=text("条件の似た市区町村の名前（順位ではなく、市区町村コードの順）"),
        alternative=view.alternative,
        sources=view.sources,
    )
    summary = escape(text("条件の似た市区町村の名前を見る、ダウンロードする"))
    return Html(f'<details class="pb-data pb-fold"><summary>{summary}</summary>{figure}</details>')
