"""Sentences on scenarios: where パターン1 leads, what births and migration change, how it was made."""

from __future__ import annotations

from planbook.load.plan import Plan
from planbook.presentation.html import Html
from planbook.presentation.outlook.outlook_labels import REASONS, pattern_name, rough
from planbook.presentation.page import Page
from planbook.presentation.population.depopulation_views import stage_paragraph
from planbook.presentation.population.population_words import edition_name
from planbook.summary.outlook.gather import Outlook
from planbook.summary.outlook.standard import InfluenceFact
from planbook.vocabulary.catalogue import text
from planbook.vocabulary.numbers import Number, number
from planbook.vocabulary.rounding import format_number
from planbook.vocabulary.schemas.rates import FitErrorRow


def outlook_missing(page: Page, outlook: Outlook) -> Html:
    """Say why there are no scenarios; nothing where there are."""
    if outlook.reason is None:
        return Html("")
    return page.note("missing", text(REASONS[outlook.reason]), title=text("示せる数値がない"))


def scenario_paragraph(page: Page, plan: Plan, outlook: Outlook) -> Html:
    """Say where each scenario leads by the last year, and what births and migration change."""
    standard = outlook.standard
    if standard is None:
        return Html("")
    base, last = standard.projection.years[0], standard.projection.years[-1]
    ends = {name: standard.total(name, last) for name in standard.projection.scenarios}
    edition = edition_name(plan, outlook.baseline.edition)
    first = page.words(
        "{edition}のとおりなら、{place}の人口は{base}年の{start}から{year}年には{end}になります（{name}）。",
        name=pattern_name(page.reference, outlook.baseline.edition),
        edition=edition,
        place=plan.municipality.name,
        base=base,
        start=_published(plan, outlook, standard.total("pattern-1", base), base),
        year=last,
        end=_published(plan, outlook, ends["pattern-1"], last),
    )
    births = _difference_words(page, ends["simulation-1"] - ends["pattern-1"])
    moves = _difference_words(page, ends["simulation-2"] - ends["simulation-1"])
    second = page.words(
        "出生率が{by_year}年までに{tfr}へ上がりそのまま続けば（シミュレーション1）、{year}年の人口は{end}で、{births}。"
        "そのうえ転入と転出が全年齢でつり合えば（シミュレーション2）{balanced}で、さらに{moves}。",
        year=last,
        by_year=standard.simulation.by_year,
        tfr=f"{standard.simulation.tfr:g}",
        end=_scenario(ends["simulation-1"], text("シミュレーション1")),
        births=births,
        balanced=_scenario(ends["simulation-2"], text("シミュレーション2")),
        moves=moves,
    )
    return Html(f"<p>{first}</p><p>{second}</p>")


def short_scenario(page: Page, outlook: Outlook) -> Html | None:
    """Say in one sentence what births and migration would change by the last year; None without scenarios."""
    standard = outlook.standard
    if standard is None:
        return None
    last = standard.projection.years[-1]
    ends = {name: standard.total(name, last) for name in standard.projection.scenarios}
    return page.words(
        "出生率が{by_year}年までに{tfr}へ上がっても{year}年の人口は{births}、そのうえ転入と転出がつり合っても{balanced}という計算です。",
        year=last,
        by_year=standard.simulation.by_year,
        tfr=f"{standard.simulation.tfr:g}",
        births=_scenario(ends["simulation-1"], text("シミュレーション1")),
        balanced=_scenario(ends["simulation-2"], text("シミュレーション2")),
    )


def _published(plan: Plan, outlook: Outlook, value: float, year: int) -> Number:
    """Return a figure of the edition that パターン1 meets, which leads to its table."""
    rows = plan.municipality.frame("projections")
    source_id = rows[rows["edition"] == outlook.baseline.edition]["source_id"].iloc[0]
    return number(
        round(value), as_of=f"{year}-10-01", concept="projection", source=plan.official_source(source_id)
    )


def _scenario(value: float, name: str) -> Number:
    return rough(value, formula=text("{name}の計算結果 {value}", name=name, value=format_number(value)))


def _difference_words(page: Page, change: float) -> Html:
    amount = rough(
        abs(change), formula=text("二つのシナリオの差 {value}", value=format_number(change, sign=True))
    )
    if abs(change) < 0.5:
        return page.words("変わりません")
    return (
        page.words("{n}多くなります", n=amount) if change > 0 else page.words("{n}少なくなります", n=amount)
    )


def influence_paragraph(page: Page, outlook: Outlook) -> Html:
    """Say both influences with ratio and class; the limits of the classes stand unverified."""
    standard = outlook.standard
    if standard is None or not standard.influences:
        return Html("")
    natural, social = (standard.influences[key] for key in ("natural", "social"))
    if natural.value is None or social.value is None:
        return Html("")
    stronger = _stronger_words(page, natural, social)
    return page.say(
        "{year}年で比べると、自然増減の影響度は{natural}（段階{a}）、社会増減の影響度は{social}（段階{b}）です。{stronger}"
        "段階は境の近くで変わりやすいので、比の値と合わせて読んでください。",
        year=natural.year,
        natural=_ratio(natural),
        a=natural.value.level,
        social=_ratio(social),
        b=social.value.level,
        stronger=stronger,
    )


def _ratio(fact: InfluenceFact) -> Number:
    return number(
        fact.value.ratio_pct,
        "percent",
        decimals=1,
        formula=text(
            "{above} ÷ {below} × 100",
            above=format_number(fact.numerator),
            below=format_number(fact.denominator),
        ),
    )


def _stronger_words(page: Page, natural: InfluenceFact, social: InfluenceFact) -> Html:
    if abs(natural.value.ratio_pct - social.value.ratio_pct) < 1:
        return page.words("二つの効果はほぼ同じ大きさです。")
    if natural.value.ratio_pct > social.value.ratio_pct:
        return page.words("この仮定では、移動がつり合うことより、出生率が上がることの効果が大きくなります。")
    return page.words("この仮定では、出生率が上がることより、移動がつり合うことの効果が大きくなります。")


def stage_words_paragraph(page: Page, outlook: Outlook) -> Html:
    """Say which 人口減少段階 パターン1 passes through; nothing without scenarios."""
    standard = outlook.standard
    if standard is None or standard.stage_limits is None:
        return Html("")
    return stage_paragraph(
        page,
        standard.broad_ages(),
        pattern_name(page.reference, outlook.baseline.edition),
        standard.stage_limits,
        verified=standard.stage_limits_verified,
    )


def baseline_note(page: Page, plan: Plan, outlook: Outlook) -> Html:
    """Say how パターン1 was made, what it was not fitted to, and how well that came out."""
    baseline = outlook.baseline
    if baseline is None:
        return Html("")
    edition = edition_name(plan, baseline.edition)
    base = baseline.rates.base.year
    intervals = text("、").join(
        text("{start}〜{end}年", start=start, end=end) for start, end in baseline.pattern
    )
    items = [
        page.words(
            "{edition}は、市区町村の総数を公表していますが、そのもとになった率は手元にありません。"
            "そこで、年齢別の移動の型（{intervals}の国勢調査から）と生命表を使い、移動の大きさと出生の水準を、公表された総数と{year}年の年少人口に合わせました。",
            edition=edition,
            intervals=intervals,
            year=baseline.last_year,
        ),
    ]
    if baseline.old_published:
        items.append(_check_words(page, plan, outlook))
    if baseline.base_bridged:
        items.append(
            page.words(
                "{year}年の年齢別人口は接続値です。住民基本台帳の年齢を国勢調査の年齢3区分に合わせたもので、公表された値ではありません。",
                year=base,
            )
        )
    if baseline.census_left_out is not None:
        items.append(
            page.words(
                "{year}年の国勢調査の総数は推計から大きく離れ、移動の型を保ったまま合わせることができません。ここから先の計算は{base}年から始めています。",
                year=baseline.census_left_out,
                base=base,
            )
        )
    if baseline.pattern_disturbed:
        items.append(
            page.words(
                "移動の型をとった期間には、災害などでふだんと違う年が含まれています。割り引いて読んでください。"
            )
        )
    items.append(
        page.words(
            "出生率は、子ども女性比を全国の値で換算したものです（TFR換算値）。公表された合計特殊出生率とは違います。換算に使った全国の出生率は要確認です。"
        )
    )
    if words := _fit_words(page, plan):
        items.append(words)
    simulation = outlook.standard.simulation if outlook.standard else None
    if simulation is not None and not simulation.verified:
        items.append(
            page.words(
                "シミュレーションの仮定（{year}年までに出生率{tfr}）は要確認です。",
                year=simulation.by_year,
                tfr=f"{simulation.tfr:g}",
            )
        )
    title = text("{name}の作り方", name=pattern_name(page.reference, baseline.edition))
    return page.note("info", *items, title=title)


def _fit_words(page: Page, plan: Plan) -> Html | None:
    """Say how far fits of this kind lay off in what they were not fitted to; nothing without the table."""
    rows = {row.quantity: row for row in plan.reference.table("fit_errors").rows}
    if not {"age_65_over", "women_20_39", "child_woman_ratio"} <= rows.keys():
        return None
    women = rows["women_20_39"]
    return page.words(
        "65歳以上が合っていても、若い世代や出生も合っているとはかぎりません。同じ作り方を{source}の{n}市町村で試すと、"
        "最後の年の公表値との違いは、20〜39歳の女性で{women}、子ども女性比（TFR換算値のもと）で{births}、65歳以上で{old}でした（10%点と90%点）。",
        source=plan.official_source(women.source_id).title,
        n=women.n,
        women=_range_words(page, plan, women),
        births=_range_words(page, plan, rows["child_woman_ratio"]),
        old=_range_words(page, plan, rows["age_65_over"]),
    )


def _range_words(page: Page, plan: Plan, row: FitErrorRow) -> Html:
    source = plan.official_source(row.source_id)
    formula = text("合わせた値 ÷ 公表値 − 1")
    low, high = (
        number(value, "percent", sign=True, source=source, formula=formula)
        for value in (row.q10_pct, row.q90_pct)
    )
    return page.words("{low}〜{high}", low=low, high=high)


def _check_words(page: Page, plan: Plan, outlook: Outlook) -> Html:
    baseline = outlook.baseline
    error = 100 * (baseline.old_found / baseline.old_published - 1)
    return page.words(
        "合わせていない{year}年の65歳以上は、公表値{published}に対して{found}（{error}）です。",
        year=baseline.last_year,
        published=_published(plan, outlook, baseline.old_published, baseline.last_year),
        found=rough(
            baseline.old_found, formula=text("この本の計算 {value}", value=format_number(baseline.old_found))
        ),
        error=number(
            error,
            "percent",
            decimals=1,
            sign=True,
            formula=text(
                "{found} ÷ {published} − 1",
                found=format_number(baseline.old_found),
                published=format_number(baseline.old_published),
            ),
        ),
    )
