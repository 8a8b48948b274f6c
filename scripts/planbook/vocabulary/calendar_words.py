"""Years, fiscal years and periods in words, in the language of the run."""

from __future__ import annotations

from planbook.vocabulary.catalogue import current_language, plain, text
from planbook.vocabulary.characters import fold
from planbook.vocabulary.eras import Period, era_of, require_year

_ERA_NAMES = {"令和": plain("令和"), "平成": plain("平成"), "昭和": plain("昭和"), "大正": plain("大正")}


def format_year(year: int, *, original: str | None = None) -> str:
    """Return a calendar year: 「2045年（令和27年、原文 Ｈ57）」, in English "2045 (as written: Ｈ57)".

    Parameters
    ----------
    year : western year.
    original : how the document writes it; left out where it says what the display says anyway.

    Examples
    --------
    >>> format_year(2045, original="Ｈ57"), format_year(2019), format_year(2025, original="令和7年")
    ('2045年（令和27年、原文 Ｈ57）', '2019年（令和元年）', '2025年（令和7年）')
    """
    era, number = _era(year)
    if original is None or fold(original).text in _says_the_same(year, "年"):
        return text("{year}年（{era}{number}年）", year=year, era=era, number=number)
    return text(
        "{year}年（{era}{number}年、原文 {original}）", year=year, era=era, number=number, original=original
    )


def format_fiscal_year(fiscal_year: int, *, short: bool = False) -> str:
    """Return a fiscal year: 「令和3年度（2021年度）」, short 「令和3年度」, in English "FY2021".

    2019 is written 令和元年度; plans of the time write 平成31年度 for the same year.

    Examples
    --------
    >>> format_fiscal_year(2021), format_fiscal_year(2019, short=True)
    ('令和3年度（2021年度）', '令和元年度')
    """
    era, number = _era(fiscal_year)
    if short and current_language() == "ja":
        return f"{era}{number}年度"  # in English there is one form, and it is short
    return text("{era}{number}年度（{year}年度）", era=era, number=number, year=fiscal_year)


def format_period(period: Period) -> str:
    """Return 「令和3年度～令和7年度（2021～2025年度、5年間）」, in English "FY2021–FY2025 (5 years)".

    The length is counted, not the one that the text states; a disagreement is shown by who checks it.
    """
    return text(
        "{start}～{end}（{start_year}～{end_year}年度、{years}年間）",
        start=format_fiscal_year(period.start_fiscal_year, short=True),
        end=format_fiscal_year(period.end_fiscal_year, short=True),
        start_year=period.start_fiscal_year,
        end_year=period.end_fiscal_year,
        years=period.years,
    )


def _era(year: int) -> tuple[str, str]:
    era, number = era_of(require_year(year))
    return text(_ERA_NAMES[era]), "元" if number == 1 else str(number)


def _says_the_same(year: int, mark: str) -> set[str]:
    era, number = era_of(year)
    return {f"{year}", f"{year}{mark}", f"{era}{'元' if number == 1 else number}{mark}"}
