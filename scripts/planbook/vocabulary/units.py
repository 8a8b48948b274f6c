"""The units that figures of municipal plans come in, as written and as stored."""

from __future__ import annotations

from planbook.vocabulary.catalogue import plain, text

# A table of words reads better in rows.
# fmt: off
_COUNTED = {
    "人": plain("{number}人"), "世帯": plain("{number}世帯"), "家族": plain("{number}家族"),
    "戸": plain("{number}戸"), "歳": plain("{number}歳"), "人日": plain("{number}人日"),
    "人泊": plain("{number}人泊"), "泊": plain("{number}泊"), "件": plain("{number}件"),
    "回": plain("{number}回"), "倍": plain("{number}倍"), "割": plain("{number}割"),
    "点": plain("{number}点"), "位": plain("{number}位"), "つ": plain("{number}つ"),
    "個": plain("{number}個"), "円": plain("{number}円"), "千円": plain("{number}千円"),
    "万円": plain("{number}万円"), "百万円": plain("{number}百万円"), "億円": plain("{number}億円"),
    "兆円": plain("{number}兆円"), "年": plain("{number}年"), "年間": plain("{number}年間"),
    "か月": plain("{number}か月"), "日": plain("{number}日"), "日間": plain("{number}日間"),
    "時間": plain("{number}時間"), "分": plain("{number}分"), "秒": plain("{number}秒"),
    "社": plain("{number}社"), "者": plain("{number}者"), "店": plain("{number}店"),
    "店舗": plain("{number}店舗"), "事業所": plain("{number}事業所"), "団体": plain("{number}団体"),
    "組織": plain("{number}組織"), "組": plain("{number}組"), "か所": plain("{number}か所"),
    "施設": plain("{number}施設"), "校": plain("{number}校"), "園": plain("{number}園"),
    "室": plain("{number}室"), "床": plain("{number}床"), "席": plain("{number}席"),
    "棟": plain("{number}棟"), "区画": plain("{number}区画"), "区": plain("{number}区"),
    "基": plain("{number}基"), "台": plain("{number}台"), "両": plain("{number}両"),
    "頭": plain("{number}頭"), "匹": plain("{number}匹"), "羽": plain("{number}羽"),
    "本": plain("{number}本"), "冊": plain("{number}冊"), "枚": plain("{number}枚"),
    "票": plain("{number}票"), "口": plain("{number}口"), "便": plain("{number}便"),
    "路線": plain("{number}路線"), "系統": plain("{number}系統"), "事業": plain("{number}事業"),
    "事例": plain("{number}事例"), "種類": plain("{number}種類"), "種": plain("{number}種"),
    "品": plain("{number}品"), "品目": plain("{number}品目"), "品種": plain("{number}品種"),
    "項目": plain("{number}項目"), "講座": plain("{number}講座"), "コース": plain("{number}コース"),
    "講演": plain("{number}講演"), "公演": plain("{number}公演"), "試合": plain("{number}試合"),
    "チーム": plain("{number}チーム"), "クラス": plain("{number}クラス"), "学級": plain("{number}学級"),
    "単位": plain("{number}単位"), "ポイント": plain("{number}ポイント"), "地区": plain("{number}地区"),
    "集落": plain("{number}集落"), "自治体": plain("{number}自治体"), "市町村": plain("{number}市町村"),
    "市": plain("{number}市"), "町": plain("{number}町"), "村": plain("{number}村"),
    "国": plain("{number}国"),
}
_INTERNATIONAL = (
    "%", "°C", "ha", "a", "t", "kg", "g", "mg", "mg/L", "km", "m", "cm", "mm", "km2", "m2", "m3", "L", "kL",
    "kW", "MW", "GW", "kWh", "MWh", "GWh", "GJ", "TJ", "t-CO2", "kg-CO2", "Bq", "dB", "mmHg", "bit", "Mbps",
)
_ALIASES = {
    "%": ("パーセント",),
    "ポイント": ("%ポイント", "パーセントポイント", "pt", "pp"),
    "人": ("名",),
    "か所": ("箇所", "個所", "カ所", "ヵ所", "ヶ所", "ケ所"),
    "年間": ("か年", "カ年", "ヵ年", "ヶ年", "ケ年", "箇年", "か年間", "カ年間", "ヵ年間", "ヶ年間"),
    "か月": ("カ月", "ヵ月", "ヶ月", "ケ月", "箇月", "か月間", "カ月間", "ヵ月間", "ヶ月間"),
    "t": ("トン",),
    "t-CO2": ("tCO2", "トンCO2", "トン-CO2"),
}
# what a figure may be counted per
_PER_WORDS = {
    "年": plain("{amount}/年"), "年度": plain("{amount}/年度"), "月": plain("{amount}/月"),
    "か月": plain("{amount}/か月"), "週": plain("{amount}/週"), "日": plain("{amount}/日"),
    "時": plain("{amount}/時"), "時間": plain("{amount}/時間"), "回": plain("{amount}/回"),
    "人": plain("{amount}/人"), "世帯": plain("{amount}/世帯"), "戸": plain("{amount}/戸"),
    "件": plain("{amount}/件"), "円": plain("{amount}/円"),
}
# fmt: on
PERS = (*_PER_WORDS, "m2", "km2", "ha")

# Statistics print money in these units; such a figure stays as the document has it (431.5 万円).
MONEY_SCALES = ("千", "万", "百万", "億", "兆")
_MONEY = {scale + "円" for scale in MONEY_SCALES}

#: every unit that is understood, as written → as stored. 万円 and its like are 万 + 円 to a reader of digits.
UNITS = {unit: unit for unit in (*_COUNTED, *_INTERNATIONAL) if unit not in _MONEY} | {
    alias: unit for unit, names in _ALIASES.items() for alias in names
}


def in_words(number: str, unit: str | None) -> str:
    """Return a formatted number with its unit, in the language of the run."""
    if unit is None:
        return number
    if unit in _COUNTED:
        return text(_COUNTED[unit], number=number)
    return number + unit if unit in ("%", "°C") else text("{number}{unit}", number=number, unit=unit)


def per_in_words(amount: str, per: str | None) -> str:
    """Return an amount in words with what it is counted per, such as 「0人/年」."""
    if per is None:
        return amount
    return text(_PER_WORDS[per], amount=amount) if per in _PER_WORDS else f"{amount}/{per}"
