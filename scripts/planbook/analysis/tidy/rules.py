"""The fifteen published items, each with what it asks for and how far a machine can decide it.

総務省「統計表における機械判読可能なデータの表記方法の統一ルール」 of 18 December 2020. The published numbering
is 1-1 to 1-13 for the cells and items, then 2-1 and 2-2 for the layout of a sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planbook.vocabulary.catalogue import plain


@dataclass(frozen=True)
class Rule:
    """A published item.

    Parameters
    ----------
    id : its published number.
    title : what it asks, in the words of the publication.
    explanation : why, and what is looked at here.
    remedy : what to do, in one sentence.
    person : what a machine cannot decide and a person has to look at; empty where nothing is left.
    """

    id: str
    title: str
    explanation: str
    remedy: str
    person: str = ""


#: What a rule is called that nobody but a person can decide wholly.
ASK_A_PERSON = plain("人が確かめてください：{what}")

Severity = Literal["error", "caution"]

_RULES = (
    Rule(
        "1-1",
        plain("ファイル形式はExcelかCSVとなっているか"),
        plain(
            "仕様の公開された形式でなければ、ソフトによって読めません。CSVは文字コードと区切りも確かめます。"
        ),
        plain("Excelブック（.xlsx）か、CSV UTF-8（コンマ区切り）で保存してください。"),
    ),
    Rule(
        "1-2",
        plain("1セル1データとなっているか"),
        plain("一つのセルに二つの値があると、そのままでは集計も並べ替えもできません。"),
        plain("値ごとに列を分けてください。"),
        plain("文のなかに値が書かれていないか"),
    ),
    Rule(
        "1-3",
        plain("数値データは数値属性とし、文字列を含まないこと"),
        plain("単位、桁区切り、△や▲を文字で書いた数値は、計算に使えません。"),
        plain("数字だけを書き、単位は見出しに、桁区切りや負号の見せ方はセルの表示形式にまかせてください。"),
    ),
    Rule(
        "1-4",
        plain("セルの結合をしていないか"),
        plain("結合したセルは、左上のほかは空のセルとして読まれます。"),
        plain("結合を解き、すべてのセルに値を書いてください。"),
    ),
    Rule(
        "1-5",
        plain("スペースや改行等で体裁を整えていないか"),
        plain("「北　本　市」と「北本市」は、機械には別の語です。"),
        plain("空白と改行を除き、字の間隔や折り返しはセルの書式で整えてください。"),
    ),
    Rule(
        "1-6",
        plain("項目名等を省略していないか"),
        plain(
            "見出しのない列や、上と同じとして空けた項目は、並べ替えると何のものか分からなくなります。"
            "見出しが何行もあると、列の名前が一つのセルでは決まりません。"
        ),
        plain("すべての列と行に項目名を書いてください。"),
        plain("項目名が、略さずに意味の通じる語になっているか"),
    ),
    Rule(
        "1-7",
        plain("数式を使用している場合は、数値データに修正しているか"),
        plain("数式の値は、参照先がなくなると変わるか、失われます。"),
        plain("コピーして「値の貼り付け」をし、数式を値に置きかえてください。"),
    ),
    Rule(
        "1-8",
        plain("オブジェクトを使用していないか"),
        plain("図形、画像、グラフに書かれたことは、データとして読めません。"),
        plain("オブジェクトを除き、必要なことはセルか、別のファイルに書いてください。"),
    ),
    Rule(
        "1-9",
        plain("データの単位を記載しているか"),
        plain("単位のない数値は、人なのか千人なのか分かりません。比や指数のように単位のないものは除きます。"),
        plain("見出しに「人口（人）」のように単位を書くか、「単位」の列を設けてください。"),
        plain("書かれた単位が正しいか"),
    ),
    Rule(
        "1-10",
        plain("機種依存文字を使用していないか"),
        plain("丸数字、ローマ数字、㈱や㍻、半角カナ、外字は、環境によって化けます。"),
        plain("①は1、Ⅲは3、㈱は株式会社のように、ふつうの文字で書いてください。"),
        plain("資料の引用として残す文字か、書きかえてよい文字か"),
    ),
    Rule(
        "1-11",
        plain("e-Statの時間軸コードの表記、西暦表記又は和暦に西暦の併記がされているか"),
        plain("和暦だけの年は、元号をまたぐと並べ替えができません。"),
        plain("西暦で書くか、西暦の列を加えてください。"),
    ),
    Rule(
        "1-12",
        plain("地域コード又は地域名称が表記されているか"),
        plain("同じ名前の市町村があり、コードがないと取り違えます。Excelは先頭の0を消します。"),
        plain("団体コードを文字列として書き、都道府県名と市区町村名は略さずに書いてください。"),
        plain("地域のない表でよいか"),
    ),
    Rule(
        "1-13",
        plain("数値データの同一列内に特殊記号（秘匿等）が含まれる場合"),
        plain(
            "0、該当なし、不詳、秘匿は別のことです。数値の列に記号があると、列の全体が文字として読まれます。"
        ),
        plain("数値の列には数値だけを書き、記号の意味は注記の列に書いてください。"),
        plain("空欄が、0なのか、該当なしなのか、不詳なのか、秘匿なのか"),
    ),
    Rule(
        "2-1",
        plain("データが分断されていないか"),
        plain(
            "空白の行や列があると、表はそこで終わるものとして読まれます。表の上の表題や下の注は、表の行として読まれます。"
        ),
        plain(
            "空白の行と列を除き、隠した行と列は表示し、表題、注、出典は「メタデータ」のシートに移してください。"
        ),
    ),
    Rule(
        "2-2",
        plain("1シートに複数の表が掲載されていないか"),
        plain("表が二つあると、どこからどこまでが一つの表か分かりません。"),
        plain("表ごとにシートを分けてください。"),
    ),
)

#: By number, in the published order.
RULES: dict[str, Rule] = {rule.id: rule for rule in _RULES}
