"""Sentences on the band of past errors: where targets and counts lie, and what the band is and is not.

The band tells how far such lines went astray. It says nothing of how often anything will happen.
"""

from __future__ import annotations

from planbook.load.plan import Plan
from planbook.presentation.html import Html
from planbook.presentation.page import Page
from planbook.presentation.population.population_words import rough_gap
from planbook.summary.error_band_facts import BandCensus, BandFacts, BandTarget, NoBands
from planbook.vocabulary.catalogue import current_language, plain, text
from planbook.vocabulary.numbers import difference
from planbook.vocabulary.rounding import format_number

#: What a target is said to be, by where it lies; {band} is 「low〜high」.
_TARGET_WORDS = {
    "inside": plain(
        "{year}年の目標{target}は、過去の誤差の幅（{band}）の中にあります。線との差は、過去の推計のふつうの誤差の範囲です。"
    ),
    "above": plain(
        "{year}年の目標{target}は、過去の誤差の幅（{band}）の上にあり、上の端より{off}多い人数です。"
    ),
    "below": plain(
        "{year}年の目標{target}は、過去の誤差の幅（{band}）の下にあり、下の端より{off}少ない人数です。"
    ),
    "edge": plain(
        "{year}年の目標{target}は概数で、丸めの幅を見込むと、過去の誤差の幅（{band}）の端にかかります。"
    ),
    "beyond": plain(
        "{year}年の目標{target}は、{base}年から数えて{years}年より先なので、比べる幅がありません。"
    ),
    "between": plain("{year}年の目標{target}は、線の年（5年おき）の間にあるので、幅とは比べません。"),
    "before": plain("{year}年の目標{target}は、線の始まる{base}年より後ではないので、幅とは比べません。"),
    "no_year": plain("目標{target}は、いつの人口かがこの資料に書かれていないので、幅とは比べません。"),
}
_CENSUS_WORDS = {
    "inside": plain("{year}年の国勢調査{status}の{persons}は、この幅（{band}）の中でした。"),
    "above": plain("{year}年の国勢調査{status}の{persons}は、この幅（{band}）の上でした。"),
    "below": plain("{year}年の国勢調査{status}の{persons}は、この幅（{band}）の下でした。"),
}
#: What is said where there is no line, by the reason.
_ABSENT_WORDS = {
    "no_ages": plain("5年をはさむ2時点の、男女・年齢5歳階級別の人口がないので、線と幅を示せません。"),
    "empty_age": plain(
        "率を求めるのに要る男女・年齢のなかに、だれもいない階級があるので、線と幅を示せません。"
    ),
    "no_errors": plain("同じ人口規模の市区町村の過去の誤差が表にないので、線と幅を示せません。"),
}


def absent_words(facts: BandFacts | NoBands) -> str:
    """Return the sentence of the catalogue that says why there is no band, for ``absent=`` of `Page.show`."""
    return _ABSENT_WORDS[facts.reason] if isinstance(facts, NoBands) else ""


def bridged_years(facts: BandFacts) -> str:
    """Return those years of the rates whose ages are 接続値, for readers; nothing where all were counted."""
    return text("、").join(text("{year}年", year=year) for year in facts.bridged)


def size_words(size_class: str) -> str:
    """Return a size class for readers.

    Examples
    --------
    >>> size_words("-5000"), size_words("5000-10000"), size_words("100000-")
    ('5,000人未満', '5,000人以上10,000人未満', '100,000人以上')
    """
    if size_class == "all":
        return text("全部")
    low, high = (format_number(int(part)) if part else "" for part in size_class.split("-"))
    if not low:
        return text("{high}人未満", high=high)
    return text("{low}人以上{high}人未満", low=low, high=high) if high else text("{low}人以上", low=low)


def line_sentence(page: Page, plan: Plan, facts: BandFacts | NoBands) -> Html:
    """Say where the line and its band stand at the last year that has a band; nothing without facts."""
    if isinstance(facts, NoBands):
        return Html("")
    last = facts.last_banded
    line = page.words(
        "{place}の{start}〜{end}年の率がそのまま続くと、人口は{base}年の{counted}から、{year}年に{persons}になる計算です（コーホート変化率法）。"
        "過去の誤差の幅（80%）は{low}〜{high}です。",
        place=plan.municipality.name,
        start=facts.rates[0],
        end=facts.rates[1],
        base=facts.base_year,
        counted=facts.points[0].persons,
        year=last.year,
        persons=last.persons,
        low=last.low,
        high=last.high,
    )
    return Html(f"<p>{line}{_bridged_words(page, facts)}</p>")


def _bridged_words(page: Page, facts: BandFacts) -> Html:
    if not facts.bridged:
        return Html("")
    return page.words(
        "{years}の年齢別の人口は、国勢調査の5歳階級の年齢が手元にないので、住民基本台帳の年齢から作った接続値です。",
        years=bridged_years(facts),
    )


def target_list(page: Page, facts: BandFacts | NoBands) -> Html:
    """Say of each target whether it lies in the band, above, below, or where there is none; nothing without targets."""
    if isinstance(facts, NoBands) or not facts.targets:
        return Html("")
    return page.bullets([_target_words(page, facts, item) for item in facts.targets])


def _target_words(page: Page, facts: BandFacts, item: BandTarget) -> Html:
    last = facts.last_banded.year
    values = {
        "year": item.target.year,
        "target": item.persons,
        "base": facts.base_year,
        "years": last - facts.base_year,
    }
    if item.point is not None and item.point.low is not None:
        values["band"] = _band(page, item)
        end = item.point.high if item.position == "above" else item.point.low
        values["off"] = rough_gap(difference(item.persons, end), item.target)
    words = page.words(_TARGET_WORDS[item.position], **values)
    if item.position == "beyond" and item.point is not None:
        words += page.words("線では{persons}です。", persons=item.point.persons)
    return words


def _band(page: Page, item: BandTarget | BandCensus) -> Html:
    return page.words("{low}〜{high}", low=item.point.low, high=item.point.high)


def census_list(page: Page, facts: BandFacts | NoBands) -> Html:
    """Say of each census after the base whether it lay in the band; nothing where there is none to say it of."""
    if isinstance(facts, NoBands):
        return Html("")
    known = [item for item in facts.later if item.position in _CENSUS_WORDS]
    if not known:
        return Html("")
    return page.bullets(
        [
            page.words(
                _CENSUS_WORDS[item.position],
                year=item.observation.as_of.year,
                status=text("（速報）") if item.observation.preliminary else "",
                persons=item.observation.persons,
                band=_band(page, item),
            )
            for item in known
        ]
    )


def disturbed_note(page: Page, facts: BandFacts | NoBands) -> Html:
    """Say that the years of the rates were not ordinary ones, and why; nothing where they were."""
    if isinstance(facts, NoBands) or not facts.disturbed:
        return Html("")
    english = current_language() == "en"
    opening = page.words(
        "線は{start}〜{end}年の率が続いた場合のものです。この5年間は、ふだんと違う年にかかっています。"
        "幅は全国の市区町村の過去の誤差から作ったもので、この市区町村だけの事情は映していません。",
        start=facts.rates[0],
        end=facts.rates[1],
    )
    reasons = page.bullets(
        [
            page.words(
                "{start}〜{end}年：{reason}",
                start=period.start,
                end=period.end,
                reason=period.reason_en if english else period.reason,
            )
            for period in facts.disturbed
        ]
    )
    return page.note("caution", opening, reasons, title=text("ふだんと違う年の率"))


def band_note(page: Page, facts: BandFacts | NoBands) -> Html:
    """Say what the band was made from, how it held, and what it does not say; nothing without facts."""
    if isinstance(facts, NoBands):
        return Html("")
    years = facts.last_banded.year - facts.base_year
    bases = sorted({year for part in facts.support for year in part.bases})
    paragraphs = [
        page.words(
            "幅は、{first}〜{last}年の国勢調査を基準に同じ方法で計算した全国の市区町村の人口を、あとの国勢調査と比べた誤差から作りました。"
            "基準年の人口が同じ規模（{size}）の誤差のうち、小さいほうと大きいほうの10%ずつを除いた範囲です。将来がこの中に入る割合を表すものではありません。",
            first=bases[0],
            last=bases[-1],
            size=size_words(facts.size_class),
        ),
        _support_words(page, facts),
        *_coverage_words(page, facts),
        *_bridged_caution(page, facts),
        page.words(
            "この誤差は、コーホート変化率法の線のものです。社人研の推計には別の誤差があり、この幅は当てはまりません。"
            "{years}年より先は確かめた例がないので、線を破線にし、幅を示していません。",
            years=years,
        ),
    ]
    return page.note("info", *paragraphs, title=text("過去の誤差の幅とは"))


def _support_words(page: Page, facts: BandFacts) -> Html:
    counts = _join([page.words("{years}年先は{n}", years=p.horizon_years, n=p.errors) for p in facts.support])
    words = page.words("もとにした誤差（基準年と市区町村の組）の数は、{counts}です。", counts=counts)
    for part in facts.support:
        if len(part.bases) == 1:
            words += page.words(
                "{years}年先の幅は、{base}年を基準とした1回の検証だけによります。",
                years=part.horizon_years,
                base=part.bases[0],
            )
    return words


def _coverage_words(page: Page, facts: BandFacts) -> list[Html]:
    """Say, for each census held back, what share of all municipalities lay in their bands."""
    return [
        page.words(
            "幅を作るのに使っていない{year}年の国勢調査で確かめると、幅の中だった市区町村は{shares}でした。",
            year=year,
            shares=_join(
                [
                    page.words("{years}年先で{share}", years=p.horizon_years, share=p.inside)
                    for p in facts.coverage
                    if p.year == year
                ]
            ),
        )
        for year in sorted({part.year for part in facts.coverage})
    ]


def _bridged_caution(page: Page, facts: BandFacts) -> list[Html]:
    """Say that the lines behind the band started from counted ages, and this one does not."""
    if not facts.bridged:
        return []
    return [
        page.words(
            "この線の率は、{years}の年齢に接続値を使っています。幅のもとになった過去の計算は、どれも国勢調査の年齢によるものです。"
            "接続値を使うことによる外れは、この幅に入っていません。",
            years=bridged_years(facts),
        )
    ]


def _join(parts: list[Html]) -> Html:
    return Html(text("、").join(part.markup for part in parts))
