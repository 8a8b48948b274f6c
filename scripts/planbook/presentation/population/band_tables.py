"""The part of the methods chapter that shows the errors of past projections and how the bands held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from planbook.analysis.projection.band_tables import CHANGE_RATIOS
from planbook.load.reference import Reference, load_reference
from planbook.load.roots import DataRoot
from planbook.presentation.html import escape
from planbook.presentation.population.band_words import size_words
from planbook.presentation.tables import Column, data_table
from planbook.vocabulary.catalogue import current_language, plain, text
from planbook.vocabulary.schemas.backtest import ErrorBandRow

_REASONS = {
    "evacuated": plain("避難"),
    "tiny": plain("500人未満"),
    "temporary": plain("一時的な増加"),
}


def error_bands(root: DataRoot, _: Any = None) -> str:
    """Return the errors of the cohort change ratios, of published projections, the check of the bands, the places left out."""
    reference = load_reference(root)
    rows = reference.table("error_bands").rows
    if not rows:
        return f"<p>{escape(text('過去の推計の誤差は、まだ測っていません。'))}</p>"
    own = [row for row in rows if row.method == CHANGE_RATIOS]
    others = [row for row in rows if row.method != CHANGE_RATIOS]
    tables = [_error_table(reference, own, text("コーホート変化率法の誤差")), _coverage_table(reference)]
    if others:
        tables.append(_error_table(reference, others, text("公表された推計の誤差")))
    return "".join([*tables, _outlier_table(reference), _credits(reference)])


def _error_table(reference: Reference, rows: Sequence[ErrorBandRow], caption: str) -> str:
    frame = pd.DataFrame(
        [
            {
                "method": _method(reference, row.method),
                "horizon": text("{years}年先", years=row.horizon_years),
                "size": size_words(row.size_class),
                "bases": text("、").join(map(str, row.bases)),
                **{name: getattr(row, name) for name in _FIGURES},
            }
            for row in rows
        ]
    )
    columns = [
        Column("horizon", text("基準年から")),
        Column("size", text("基準年の人口")),
        Column("q10_pct", text("誤差の10%点（%）"), 1, sign=True),
        Column("q90_pct", text("誤差の90%点（%）"), 1, sign=True),
        Column("median_absolute_pct", text("誤差の大きさの中央値（%）"), 1),
        Column("mape_pct", text("誤差の大きさの平均（%）"), 1),
        Column("mape_without_pct", text("誤差の大きさの平均（除外後）（%）"), 1),
        Column("malpe_pct", text("誤差の平均（%）"), 1, sign=True),
        Column("malpe_without_pct", text("誤差の平均（除外後）（%）"), 1, sign=True),
        Column("n", text("件数"), 0),
        Column("bases", text("基準年")),
    ]
    if any(row.method != CHANGE_RATIOS for row in rows):
        columns.insert(0, Column("method", text("推計の版")))
    return data_table(frame, columns).html(caption).markup


_FIGURES = (
    "q10_pct", "q90_pct", "median_absolute_pct", "mape_pct", "mape_without_pct", "malpe_pct", "malpe_without_pct", "n",
)  # fmt: skip


def _method(reference: Reference, method: str) -> str:
    return text("コーホート変化率法") if method == CHANGE_RATIOS else reference.label("editions", method)


def _coverage_table(reference: Reference) -> str:
    rows = reference.table("band_coverage").rows
    if not rows:
        return f"<p>{escape(text('幅を作るのに使っていない国勢調査での検証は、まだしていません。'))}</p>"
    names = ("inside_pct", "above_pct", "below_pct", "n")
    frame = pd.DataFrame(
        [
            {
                "horizon": text("{years}年先", years=row.horizon_years),
                "year": str(row.validation_year),
                **{name: getattr(row, name) for name in names},
            }
            for row in rows
        ]
    )
    columns = [
        Column("horizon", text("基準年から")),
        Column("year", text("確かめた国勢調査")),
        Column("inside_pct", text("幅の中（%）"), 0),
        Column("above_pct", text("幅より上（%）"), 0),
        Column("below_pct", text("幅より下（%）"), 0),
        Column("n", text("市区町村の数"), 0),
    ]
    return data_table(frame, columns).html(text("幅の検証")).markup


def _outlier_table(reference: Reference) -> str:
    rows = reference.table("outlier_municipalities").rows
    if not rows:
        return ""
    english = current_language() == "en"
    names = {row.code: row for row in reference.table("municipalities").rows}
    frame = pd.DataFrame(
        [
            {
                "code": row.code,
                "name": _name(names.get(row.code), english),
                "reason": text(_REASONS[row.reason]),
                "words": row.reason_en if english else row.reason_ja,
            }
            for row in rows
        ]
    )
    columns = [
        Column("code", text("団体コード")),
        Column("name", text("市区町村")),
        Column("reason", text("除く理由")),
        Column("words", text("説明")),
    ]
    return data_table(frame, columns).html(text("「除外後」の平均で除いた市区町村")).markup


def _name(row, english: bool) -> str | None:
    if row is None:
        return None
    return row.name_en if english else row.name_ja


def _credits(reference: Reference) -> str:
    language = current_language()
    suffix = "_en" if language == "en" else ""
    used = [row.source_id for name in ("error_bands", "band_coverage") for row in reference.table(name).rows]
    lines = []
    for source_id in dict.fromkeys(used):
        source = reference.row("sources", source_id)
        credit = getattr(reference.row("licences", source.licence_id), f"credit_{language}")
        lines.append(
            credit.format(
                title=getattr(source, f"title{suffix}"), publisher=getattr(source, f"publisher{suffix}")
            )
        )
    shown = "<br>".join(escape(line) for line in dict.fromkeys(lines))
    return f'<p class="pb-source">{shown}</p>'
