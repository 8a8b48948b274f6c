"""Sentences on the band of past errors: where targets and counts lie, and what the band is and is not.

The band tells how far such lines went astray. It says nothing of how often anything will happen.
"""

from __future__ import annotations

from planbook.load.plan import Plan
from planbook.presentation.html import Html
from planbook.presentation.page import Page
from planbook.presentation.population.population_words import unsigned
from planbook.summary.error_band_facts import BandCensus, BandFacts, BandTarget
from planbook.vocabulary.catalogue import current_language, plain, text
from planbook.vocabulary.numbers import Number, difference
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


def line_sentence(page: Page, plan: Plan, facts: BandFacts | None) -> Html:
    """Say where the line and its band stand at the last year that has a band; nothing without facts."""
    if facts is None:
        return Html("")
    last = facts.last_banded
    return page.say(
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


def target_list(page: Page, facts: BandFacts | None) -> Html:
    """Say of each target whether it lies in the band, above, below, or where there is none; nothing without targets."""
    if facts is None or not facts.targets:
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
        values["off"] = _distance(item.persons, end)
    words = page.words(_TARGET_WORDS[item.position], **values)
    if item.position == "beyond" and item.point is not None:
        words += page.words("線では{persons}です。", persons=item.point.persons)
    return words


def _distance(a: Number, b: Number) -> Number:
    return unsigned(difference(a, b))


def _band(page: Page, item: BandTarget | BandCensus) -> Html:
    return page.words("{low}〜{high}", low=item.point.low, high=item.point.high)


def census_list(page: Page, facts: BandFacts | None) -> Html:
    """Say of each census after the base whether it lay in the band; nothing where there is none to say it of."""
    known = [item for item in facts.later if item.position in _CENSUS_WORDS] if facts else []
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


def disturbed_note(page: Page, facts: BandFacts | None) -> Html:
    """Say that the years of the rates were not ordinary ones, and why; nothing where they were."""
    if facts is None or not facts.disturbed:
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


def band_note(page: Page, facts: BandFacts | None) -> Html:
    """Say what the band was made from, how it held, and what it does not say; nothing without facts."""
    if facts is None:
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


def _join(parts: list[Html]) -> Html:
    return Html(text("、").join(part.markup for part in parts))
