"""Sentences of the KPI arithmetic: why a figure or a verdict is not given, and what to know beside one."""

from __future__ import annotations

from planbook.vocabulary.catalogue import plain, text

#: Why a figure, or a verdict, is not given.
REASONS = {
    "no_actual": plain("実績の値がまだないため、計算できません。"),
    "no_baseline": plain("進捗率は計算不能（基準値なし）です。実績は目標値とだけ比べています。"),
    "no_base_to_compare": plain("当初値の数値がないため、変化を計算できません。"),
    "no_target": plain("目標の数値も向きも掲載がないため、比べられません。"),
    "direction_only": plain("目標が向きだけで数値がないため、目標との差と進捗率は計算できません。"),
    "maintain": plain(
        "当初の水準（ゼロを含む）を保つ目標なので、進捗率も、これから必要な進み方もありません。変化が許容幅に収まるかで見ます。"
    ),
    "outside_rule": plain("向きだけの目標には、この基準の区分がありません。"),
    "zero_total": plain("目標値が0の累計なので、進捗率はありません。"),
    "yes_no": plain("実施の有無を問う指標なので、差も進捗率も計算しません。"),
    "different_units": plain("値の単位が異なるため、比べられません。"),
    "years_differ": plain("値が何年分の数かが異なるため、比べられません。"),
    "one_year_base": plain("当初値は1年間の数、目標値は数年間の累計なので、両者の差や増減率は計算しません。"),
    "total_base": plain("目標値は数年間の累計で、0から数え始めるため、当初値との差や増減率は計算しません。"),
    "total_years_unknown": plain(
        "当初値は1年間の数ですが、目標値が何年分の累計か書かれていないため、比べられません。"
    ),
    "base_years_unknown": plain("当初値が何年分の数か書かれていないため、数年間の累計である目標値との差を計算しません。"),
    "target_years_unknown": plain("目標値が何年分の数か書かれていないため、数年間の累計とは比べられません。"),
    "one_year_actual": plain(
        "目標値は数年間の累計ですが、実績は1年間の数で、初年度からの実績がそろわないため、比べられません。"
    ),
    "actual_years_unknown": plain("実績が何年分の数か書かれていないため、累計の目標値と比べられません。"),
    "accumulation_differs": plain("実績の累計を数え始めた年が目標値と異なるため、比べられません。"),
    "base_not_positive": plain("当初値が0以下のため、割合では示さず、差だけを示します。"),
    "sign_change": plain("正負をまたぐため、割合では示さず、差だけを示します。"),
    "out_of_range": plain(
        "進捗率が−100％から200％までの範囲を外れるため、割合では示さず、実績の変化と計画の変化をそのまま示します。"
    ),
    "no_target_date": plain("目標の年度が書かれていないため、順調かどうかは判定しません。"),
    "no_base_date": plain("当初値の年度が書かれていないため、経過した割合を計算できません。"),
    "dates_reversed": plain("目標の時点が当初値の時点より後ではないため、経過した割合を計算できません。"),
    "before_baseline": plain("実績の時点が当初値（累計なら数え始め）より前のため、進み方を計算できません。"),
    "no_time_passed": plain("実績の時点が当初値と同じで、まだ時間がたっていないため、進み方を計算できません。"),
    "already_reached": plain("実績が目標値に達しているため、これから必要な進み方はありません。"),
    "no_time_left": plain("実績の時点が目標の時点に達しているため、これから必要な進み方はありません。"),
    "after_target": plain("実績の時点が目標の時点より後のため、見込みは計算しません。"),
    "projection_impossible": plain("直線で延ばすと0％から100％までの範囲を外れるため、見込みは示しません。"),
    "projection_below_zero": plain("直線で延ばすと0を下回るため、見込みは示しません。"),
    "no_tolerance": plain("許容幅が定められておらず、調査の誤差も分からないため、維持できているかを判定できません。"),
    "survey_without_n": plain("回答者数が分からず、変化が調査の誤差より大きいかを判断できないため、判定しません。"),
    "direction_contradicts": plain("望ましい向きと、計画が示す変化の向きが食い違っているため、判定しません。"),
    "total_ceiling": plain(
        "累計は0から数えるので増える一方です。少ないほど良い累計は、期間が終わるまで進捗率では判定しません。"
    ),
    "no_direction": plain("増やすのか減らすのかが決まらないため、判定しません。"),
    "no_width": plain("当初値が負のため、同水準とみなす幅（当初値に対する割合）を決められません。"),
    "no_yearly_base": plain("目標値は数年間の累計で、比べる1年あたりの当初値がないため、当初値との位置を判定できません。"),
    "reference": plain("参考指標なので、評価には使いません。"),
    "rate": plain("率や指数なので、増減率は示しません。"),
    "years": plain("年数の割合は何年目から数えるかで変わるため、増減率は示しません。"),
    "small_count": plain("もとの数が小さく、1の違いで増減率が1ポイントより大きく動くため、差だけを示します。"),
    "total_of_years": plain(
        "当初値が1年間の数、目標値が数年間の累計のため、増減率は示しません（差は、目標値を1年あたりに直したもの）。"
    ),
    "stock_or_flow": plain("一方だけが1年間の数として書かれているため、増減率は示しません。"),
}  # fmt: skip

#: What to know beside a figure that is given.
REMARKS = {
    "assumed_target_end": plain("目標の年度が書かれていないため、計画最終年度までの目標と解した場合の計算です。"),
    "mixed_dates": plain("年度と暦年・月日が混ざっているため、それぞれの最後の日の値とみなして時間を計算しています。"),
    "unit_written_differently": plain("「/年」の有無など、単位の書き方が値によって異なります。"),
    "type_undecided": plain(
        "ある時点の数か、1年間の数か、累計かが書かれていません。どの値も同じ数え方とみなして計算しています。"
    ),
    "yearly_flow": plain(
        "目標値は数年間の累計なので、1年あたりに直して当初値と比べ、進捗率は累計の実績÷目標値、経過は数え始めから計っています。"
    ),
    "from_zero": plain("目標値は数年間の累計なので、進捗率は累計の実績÷目標値とし、経過は数え始めから計っています。"),
    "summed": plain("実績は、初年度からの1年ごとの数を合計したものです。"),
    "running_actual": plain("実績は数え始めからの累計とみなしています。"),
    "within_margin": plain("当初値からの変化は、調査の誤差や偶然の振れの幅の中にあります。"),
    "target_within_margin": plain("計画した変化そのものが、調査の誤差や偶然の振れの幅の中にあります。"),
    "survey_without_n": plain("回答者数が分からないため、変化が調査の誤差より大きいかを判断できません。"),
    "unfinished": plain("実績の年度や年月がまだ終わっていません。途中の値とみられます。"),
    "past_due": plain("目標の時点を過ぎていますが、その時点の実績がまだありません。"),
    "after_target_date": plain("実績の時点が目標の時点より後です。経過率は100％としています。"),
    "target_after_period": plain("目標の時点が計画期間の終わりより後です。"),
    "keep_but_differs": plain("「維持」とされていますが、当初値と目標値が異なります。目標値からの差で見ています。"),
    "direction_contradicts": plain("望ましい向きと、計画が示す変化の向きが食い違っています。"),
    "no_dead_band": plain("許容幅が定められていないため、わずかな変化も向きとして数えています。"),
}  # fmt: skip

#: Verdicts of the forms that have no rate of progress. None of them says that a target is reached.
VERDICTS = {
    "as_directed": plain("向きのとおり"),
    "against": plain("反対の向き"),
    "within_error": plain("誤差の範囲"),
    "kept": plain("維持（許容幅の中）"),
    "kept_better": plain("許容幅を超えて、望ましい向きに動いた"),
    "left": plain("許容幅を外れた"),
    "zero_kept": plain("ゼロ"),
    "zero_exceeded": plain("ゼロを超えた"),
    "done": plain("実施"),
    "not_done": plain("未実施"),
}

#: How a class was found where it is not by the measure of its rule.
NOTES = {
    "by_tolerance": plain("維持の目標には進捗率がないため、許容幅に収まるか（ゼロならゼロか）で区分しています。"),
    "by_yearly_flow": plain("目標値は数年間の累計なので、当初値とは1年あたりの数で比べています。"),
}  # fmt: skip

#: The label of a calculation that takes the end of the plan for the date of the target.
ASSUMED_END = plain("計画最終年度と解した場合")


def sentence_of(key: str | None) -> str | None:
    """Return the sentence of a reason in the language of the run; None for no reason."""
    return text(REASONS[key]) if key is not None else None
