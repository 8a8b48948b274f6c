"""``planbook backtest``: what constant rates would have projected in the past, and the bands of their errors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from planbook.command.bilingual import Command
from planbook.command.console import say, warn
from planbook.command.options import data_option
from planbook.vocabulary.catalogue import plain, text

if TYPE_CHECKING:
    import pandas as pd

    from planbook.load.census_history import CensusTable
    from planbook.load.reference import Reference

_HELP = plain(
    "過去の推計の誤差を測り、幅の表を作る\n"
    "\n"
    "過去の国勢調査を基準に、コーホート変化率法（率は一定）で先の人口を計算し、あとの国勢調査と比べます。年齢不詳は、分かっている年齢の人数に合わせて割りふります。\n"
    "結果は data/reference の error_bands.csv（何年先か、人口規模ごとの誤差）と band_coverage.csv（幅を作るのに使っていない国勢調査での検証）に書きます。二つの表は毎回すべて書き直すので、使う表はいつも全部与えてください。"
)
_EXAMPLES = (
    (
        "planbook backtest --census census.csv.gz --census-source census-1980-2015-age5",
        plain("誤差の表を作る"),
    ),
    (
        "planbook backtest --census census.csv.gz --census-source census-1980-2015-age5 --totals totals.csv"
        " --totals-source census-2020-ssdse --codes codes.csv",
        plain("使っていない国勢調査で幅を確かめる"),
    ),
    (
        "planbook backtest --census census.csv.gz --census-source census-1980-2015-age5 --projection ipss.csv"
        " --out build/backtest",
        plain("公表された推計の誤差も加え、別のフォルダーに書く"),
    ),
)
_File = click.Path(exists=True, dir_okay=False, path_type=Path)


class _Words(click.ParamType):
    """Words between blanks or commas."""

    name = "words"

    def convert(self, value, param, ctx):
        """Return the words as a tuple."""
        return value if isinstance(value, tuple) else tuple(str(value).replace(",", " ").split())


class _Years(_Words):
    """Years between blanks or commas."""

    name = "years"

    def convert(self, value, param, ctx):
        """Return the years as a tuple; anything but digits is refused."""
        words = super().convert(value, param, ctx)
        if not words or not all(str(word).isdecimal() for word in words):
            self.fail(text("西暦の年を空白かコンマで区切って書いてください。例 '1995 2000'"), param, ctx)
        return tuple(int(word) for word in words)


@click.command(cls=Command, help=_HELP, examples=_EXAMPLES)
@click.option(
    "--census",
    type=_File,
    required=True,
    help=plain(
        "市区町村・年・男女・5歳階級別の国勢調査のCSV（.gz でもよい）。列は code、municipality（なくてもよい）、year、sex（total、female、male）、total、0-4 から 85-89、90+、age_unknown"
    ),
)
@click.option(
    "--totals",
    type=_File,
    help=plain("あとの国勢調査の総数のCSV。列は code、year、total_persons。検証だけに使う"),
)
@click.option(
    "--projection",
    type=_File,
    help=plain(
        "公表された推計のCSV。列は code、edition、base_year、year、projected_persons、base_persons、actual_persons"
    ),
)
@click.option(
    "--codes",
    type=_File,
    help=plain(
        "市域が変わらずコードだけが変わった市区町村のCSV。列は old_code、new_code。どの表も新しいコードに読み替える"
    ),
)
@click.option(
    "--bases",
    type=_Years(),
    help=plain("基準年。例 '1995 2000'。なければ、前にも後にも年齢別の国勢調査がある年の新しいほうから4つ"),
)
@click.option(
    "--leave-out",
    type=_Words(),
    help=plain("二つめの平均で除く団体コード。なければ outlier_municipalities.csv の市区町村"),
)
@click.option(
    "--census-source",
    required=True,
    help=plain("--census の出典のID（sources.csv）"),
)
@click.option(
    "--totals-source",
    help=plain("--totals の出典のID（sources.csv）。--totals を与えるときは必ず書く"),
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help=plain("書き出すフォルダー（なければ データのフォルダーの reference）"),
)
@data_option
def backtest(data: Path | None, out: Path | None, **given) -> None:
    """See ``_HELP``."""
    from planbook.analysis.projection import band_tables as tables  # noqa: PLC0415
    from planbook.load.reference import load_reference  # noqa: PLC0415
    from planbook.load.roots import find_data_root  # noqa: PLC0415
    from planbook.run.reference_file import write_reference  # noqa: PLC0415
    from planbook.vocabulary.schemas import REFERENCE_TABLES  # noqa: PLC0415

    _refuse_half(given)
    root = find_data_root(data)
    reference = load_reference(root)
    for name in ("census_source", "totals_source"):
        if given[name]:
            reference.row("sources", given[name])
    census = _read_census(given)
    history = tables.make_history(census)
    bases = given["bases"] or tables.choose_bases(history)
    errors = {tables.CHANGE_RATIOS: tables.backtest_history(history, bases)} | _published(given, reference)
    outliers = given["leave_out"] or [row.code for row in reference.table("outlier_municipalities").rows]
    bands = tables.tabulate_methods(errors, outliers)
    own = bands["method"] == tables.CHANGE_RATIOS
    bands["source_id"] = bands["method"].where(~own, given["census_source"])
    coverage = tables.validate_bands(history, bands[own]).assign(source_id=given["totals_source"])
    folder = out or root.reference_folder
    _show(bands, coverage)
    for name, frame in (("error_bands", bands), ("band_coverage", coverage)):
        write_reference(folder / f"{name}.csv", REFERENCE_TABLES[name], frame)
        say(text("書きました：{file}", file=folder / f"{name}.csv"))
    _warn_of_gaps(census, coverage)


def _refuse_half(given: dict) -> None:
    """Refuse totals that nobody says the source of, and a source of totals that are not given."""
    if given["totals"] and not given["totals_source"]:
        raise click.UsageError(
            text("--totals を与えるときは、その出典のIDを --totals-source に書いてください。")
        )
    if given["totals_source"] and not given["totals"]:
        raise click.UsageError(text("--totals-source は、--totals を与えるときだけ書いてください。"))


def _read_census(given: dict) -> CensusTable:
    from planbook.load.backtest_inputs import read_code_changes, read_later_totals  # noqa: PLC0415
    from planbook.load.census_history import read_census_table  # noqa: PLC0415

    changes = read_code_changes(given["codes"]) if given["codes"] else {}
    census = read_census_table(given["census"], changes)
    return read_later_totals(given["totals"], census, changes) if given["totals"] else census


def _published(given: dict, reference: Reference) -> dict[str, pd.DataFrame]:
    from planbook.analysis.projection.band_tables import score_published  # noqa: PLC0415
    from planbook.load.backtest_inputs import read_published  # noqa: PLC0415

    if not given["projection"]:
        return {}
    errors = score_published(read_published(given["projection"]))
    for edition in errors:
        reference.row("editions", edition)
        reference.row("sources", edition)
    return errors


def _show(bands: pd.DataFrame, coverage: pd.DataFrame) -> None:
    """Say the tables line by line: figures in the same places, whatever the width of the characters."""
    from planbook.vocabulary.rounding import format_or_dash  # noqa: PLC0415

    def shown(value: float, sign: bool = False) -> str:
        return format_or_dash(None if value != value else value, 1, sign=sign).rjust(6)  # noqa: PLR0124

    for row in bands.itertuples():
        say(
            text(
                "{method} {years}年先 {size} n={n} 10〜90%：{low} … {high}% 中央値 {median}% 平均 {mape}%（除外後 {without}%）",
                method=row.method.ljust(9),
                years=str(row.horizon_years).rjust(2),
                size=row.size_class.ljust(12),
                n=str(row.n).rjust(5),
                low=shown(row.q10_pct, sign=True),
                high=shown(row.q90_pct, sign=True),
                median=shown(row.median_absolute_pct),
                mape=shown(row.mape_pct),
                without=shown(row.mape_without_pct),
            )
        )
    for row in coverage.itertuples():
        say(
            text(
                "検証 {year}年 {years}年先 n={n} 幅の中 {inside}% 上 {above}% 下 {below}%",
                year=row.validation_year,
                years=str(row.horizon_years).rjust(2),
                n=str(row.n).rjust(5),
                inside=shown(row.inside_pct),
                above=shown(row.above_pct),
                below=shown(row.below_pct),
            )
        )


def _warn_of_gaps(census: CensusTable, coverage: pd.DataFrame) -> None:
    import numpy as np  # noqa: PLC0415

    if coverage.empty:
        warn(text("--totals がないので、幅の検証はしていません。band_coverage.csv は見出しだけです。"))
    for at, totals in enumerate(census.totals[len(census.years) :], start=1):
        missing = [code for code, lacks in zip(census.municipalities, np.isnan(totals), strict=True) if lacks]
        if missing:
            warn(
                text(
                    "{year}年の総数がなく、検証に使っていない市区町村が{count}あります：{codes}",
                    year=census.years[-1] + 5 * at,
                    count=len(missing),
                    codes=text("、").join(missing[:10]) + (" …" if len(missing) > 10 else ""),
                )
            )
