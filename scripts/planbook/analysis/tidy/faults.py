"""What can be found under each rule: how grave it is, what is wrong, what is allowed, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from planbook.analysis.tidy.rules import Severity
from planbook.vocabulary.catalogue import plain


@dataclass(frozen=True)
class Fault:
    """One kind of finding; `what`, `allowed` and `remedy` are msgids."""

    rule: str
    severity: Severity
    what: str
    allowed: str
    remedy: str


_ONE_VALUE = plain("一つのセルに一つの値")
_PLAIN_NUMBER = plain("数字だけの数値（例 1234、-5.6）")
_NUMBER_OR_NOTHING = plain("数値、または空欄")
_NO_LAYOUT = plain("体裁のための空白や改行のない文字列")
_HEADINGS = plain("すべての列に、ほかと違う項目名")
_ORDINARY = plain("JIS X 0208 の漢字、かな、英数字、記号")
_CODE = plain("文字列の団体コード5桁（例 07210）、または検査数字つきの6桁（例 072109）")
_ONE_TABLE = plain("1シートに一つの表。1行目が見出し、2行目からがデータ")
_UTF8 = plain("CSVはUTF-8（BOM付き）、コンマ区切り")

#: By name. The names travel no further than this package and the notices of the readers.
FAULTS: dict[str, Fault] = {
    # 1-1
    "unreadable": Fault("1-1", "error", plain("検査できません"), "", ""),
    "empty_sheet": Fault(
        "1-1", "caution", plain("シートに何も書かれていません"), _ONE_TABLE, plain("使わないシートを除いてください")
    ),
    "csv_without_bom": Fault(
        "1-1", "caution", plain("文字コードはUTF-8ですが、BOMがありません。Excelで開くと文字化けします"), _UTF8,
        plain("Excelで使うなら「CSV UTF-8（コンマ区切り）」で保存してください"),
    ),
    "csv_cp932": Fault(
        "1-1", "caution", plain("文字コードがCP932（Shift_JIS）です。UTF-8として開くと文字化けします"), _UTF8,
        plain("「CSV UTF-8（コンマ区切り）」で保存してください。この検査はファイルを書きかえません"),
    ),
    "csv_utf16": Fault(
        "1-1", "error", plain("文字コードがUTF-16で、多くのソフトがCSVとして読めません"), _UTF8,
        plain("「CSV UTF-8（コンマ区切り）」で保存してください"),
    ),
    "csv_delimiter": Fault(
        "1-1", "error", plain("区切りがコンマではありません"), _UTF8, plain("コンマ区切りで保存してください")
    ),
    "csv_row_width": Fault(
        "1-1", "error", plain("セルの数が見出しと合いません"), plain("見出しと同じ数のセル"),
        plain("コンマを含むセルを二重引用符で囲むか、余分なコンマを除いてください"),
    ),
    # 1-2
    "paired_values": Fault(
        "1-2", "error", plain("一つのセルに複数の値があります"), _ONE_VALUE, plain("値ごとに列を分けてください")
    ),
    "value_in_brackets": Fault(
        "1-2", "error", plain("数値に、括弧に入れた別の数値が付いています"), _ONE_VALUE,
        plain("括弧のなかの値を別の列に移してください"),
    ),
    "range_of_values": Fault(
        "1-2", "error", plain("範囲が一つの値として書かれています"), _ONE_VALUE,
        plain("始めと終わりを別の列に書いてください"),
    ),
    "range_label": Fault(
        "1-2", "caution", plain("期間が一つのセルに書かれています"),
        plain("一つの時点、または始めと終わりの二つの列"),
        plain("区分の名前として使うのでなければ、始めと終わりを別の列に書いてください"),
    ),
    "list_of_codes": Fault(
        "1-2", "caution", plain("一つのセルに複数の記号が並んでいます"), _ONE_VALUE,
        plain("記号ごとに行を分けるか、列を分けてください"),
    ),
    # 1-3
    "number_as_text": Fault(
        "1-3", "error", plain("数値が文字列です"), _PLAIN_NUMBER,
        plain("数字だけにして数値として入力し、単位は見出しに書いてください"),
    ),
    "year_as_text": Fault(
        "1-3", "caution", plain("年が文字列です"), plain("数値の西暦（例 2020）"), plain("数値として入力してください")
    ),
    "word_among_numbers": Fault(
        "1-3", "error", plain("数値の列に文字列があります"), _NUMBER_OR_NOTHING,
        plain("空欄にし、言葉は注記の列に移してください"),
    ),
    "error_value": Fault(
        "1-3", "error", plain("計算の誤りが値として残っています"), _NUMBER_OR_NOTHING,
        plain("もとの値を確かめ、値がなければ空欄にしてください"),
    ),
    # 1-4
    "merged": Fault(
        "1-4", "error", plain("セルが結合されています"), plain("結合のないセル"),
        plain("結合を解き、解いたセルのすべてに値を書いてください"),
    ),
    # 1-5
    "edge_blank": Fault(
        "1-5", "error", plain("文字列の前か後ろに空白があります"), _NO_LAYOUT, plain("前後の空白を除いてください")
    ),
    "spaced_letters": Fault(
        "1-5", "error", plain("字の間に空白を入れて、幅を整えています"), _NO_LAYOUT,
        plain("空白を除き、セルの書式の「均等割り付け」を使ってください"),
    ),
    "row_of_blanks": Fault(
        "1-5", "error", plain("空白が続けて使われています"), _NO_LAYOUT, plain("空白を除いてください")
    ),
    "blank_in_heading": Fault(
        "1-5", "caution", plain("見出しのなかに空白があります"), _NO_LAYOUT,
        plain("体裁のための空白なら除いてください"),
    ),
    "line_break": Fault(
        "1-5", "error", plain("セルのなかで改行しています"), _NO_LAYOUT,
        plain("改行を除き、セルの書式の「折り返して全体を表示する」を使ってください"),
    ),
    "only_blanks": Fault(
        "1-5", "error", plain("空白だけが入力されています"), plain("値、または空のセル"), plain("空白を消してください")
    ),
    # 1-6
    "no_heading_row": Fault(
        "1-6", "error", plain("見出しの行がありません"), _HEADINGS, plain("1行目に項目名を書いてください")
    ),
    "empty_heading": Fault(
        "1-6", "error", plain("見出しが空です"), _HEADINGS, plain("項目名を書いてください")
    ),
    "repeated_heading": Fault(
        "1-6", "error", plain("同じ見出しの列があります"), _HEADINGS, plain("違いの分かる項目名にしてください")
    ),
    "ditto": Fault(
        "1-6", "error", plain("「同上」の印で項目名を省略しています"), plain("省略しない項目名"),
        plain("上の行と同じ項目名を書いてください"),
    ),
    "empty_label": Fault(
        "1-6", "caution", plain("行の項目名が空です。上と同じとして省略していませんか"),
        plain("すべての行に項目名"), plain("省略したものなら、上の行と同じ項目名を書いてください"),
    ),
    "heading_of_rows": Fault(
        "1-6", "caution", plain("見出しが{count}行あります"), plain("1行の見出し"),
        plain(
            "「人口・男（人）」のように1行にまとめるか、項目名の行だけを残し、コードや年次の行は「メタデータ」のシートに移してください"
        ),
    ),
    # 1-7, 1-8
    "formula": Fault(
        "1-7", "error", plain("数式のセルです"), plain("値"), plain("「値の貼り付け」で値に置きかえてください")
    ),
    "object": Fault(
        "1-8", "error", plain("オブジェクトがあります"), plain("セルだけのシート"),
        plain("オブジェクトを除くか、別のファイルに移してください"),
    ),
    "comment": Fault(
        "1-8", "caution", plain("セルにコメントが付いています"), plain("セルだけのシート"),
        plain("必要なことは注記の列に書いてください"),
    ),
    # 1-9
    "no_unit": Fault(
        "1-9", "error", plain("数値の列に単位がありません"), plain("「人口（人）」のような見出し、または単位の列"),
        plain("見出しの終わりに単位を括弧で書いてください"),
    ),
    # 1-10
    "character_in_heading": Fault(
        "1-10", "error", plain("見出しに機種依存文字があります"), _ORDINARY, plain("ふつうの文字に置きかえてください")
    ),
    "character_in_number": Fault(
        "1-10", "error", plain("数値の列に機種依存文字があります"), _ORDINARY, plain("数字に置きかえてください")
    ),
    "character_in_text": Fault(
        "1-10", "caution", plain("機種依存文字があります"), _ORDINARY,
        plain("置きかえてください。資料の表記をそのまま引用した列なら、残してかまいません"),
    ),
    "lost_character": Fault(
        "1-10", "error", plain("外字か、読み取れなかった文字があります"), _ORDINARY,
        plain("もとの資料で文字を確かめ、ふつうの文字で書いてください"),
    ),
    # 1-11
    "era_only": Fault(
        "1-11", "error", plain("和暦だけで、西暦がありません"), plain("西暦、または西暦を併記した和暦"),
        plain("西暦に書きかえるか、西暦の列を加えてください"),
    ),
    "no_time": Fault(
        "1-11", "caution", plain("時点や期間の列がありません"), plain("時点の列、または見出しのなかの西暦"),
        plain("表の時点が一つなら、時点の列を加えるか「メタデータ」に書いてください"),
    ),
    # 1-12
    "code_lost_zero": Fault(
        "1-12", "error", plain("地域コードの先頭の0が失われています"), _CODE,
        plain("列の書式を文字列にしてから、コードを入力し直してください"),
    ),
    "code_as_number": Fault(
        "1-12", "caution", plain("地域コードが数値です。先頭が0のコードでは0が失われます"), _CODE,
        plain("列の書式を文字列にしてください"),
    ),
    "code_unknown": Fault(
        "1-12", "error", plain("地域コードの形をしていません"), _CODE,
        plain("全国地方公共団体コードの一覧で確かめてください"),
    ),
    "code_mark": Fault(
        "1-12", "caution", plain("地域コードの列に記号があります"), _CODE,
        plain("合計などでコードがない行は空欄にするか、全国なら 00000 と書いてください"),
    ),
    "name_without_code": Fault(
        "1-12", "caution", plain("地域名だけで、地域コードがありません"), _CODE,
        plain("団体コードの列を加えてください"),
    ),
    "short_prefecture": Fault(
        "1-12", "error", plain("都道府県名が省略されています"), plain("「東京都」「大阪府」のような正式の名称"),
        plain("都、道、府、県まで書いてください"),
    ),
    "no_area": Fault(
        "1-12", "caution", plain("地域を表す列がありません"), plain("地域コードの列と地域名の列"),
        plain("一つの地域の表なら、列を加えるか「メタデータ」に書いてください"),
    ),
    # 1-13
    "mark": Fault(
        "1-13", "error", plain("数値の列に記号があります"), _NUMBER_OR_NOTHING,
        plain("空欄にし、記号の意味（該当なし、不詳、秘匿）は注記の列に書いてください"),
    ),
    "standard_mark": Fault(
        "1-13", "caution", plain("数値の列に、秘匿などの記号（X、***）があります"), _NUMBER_OR_NOTHING,
        plain("記号を残すなら、その意味を「メタデータ」に書いてください"),
    ),
    # 2-1
    "blank_row": Fault(
        "2-1", "error", plain("空白の行が表を分けています"), plain("空白の行と列のない、一続きの表"),
        plain("空白の行を除いてください"),
    ),
    "blank_column": Fault(
        "2-1", "error", plain("空白の列が表を分けています"), plain("空白の行と列のない、一続きの表"),
        plain("空白の列を除いてください"),
    ),
    "offset": Fault(
        "2-1", "caution", plain("表がA1のセルから始まっていません"), _ONE_TABLE,
        plain("表の上と左の空白を除いてください"),
    ),
    "hidden": Fault(
        "2-1", "caution", plain("隠された部分があります"), plain("すべて表示されたシート、行、列"),
        plain("再表示してください。公開しないものなら除いてください"),
    ),
    "title_row": Fault(
        "2-1", "caution", plain("見出しの行より上に、表題などの行があります"), _ONE_TABLE,
        plain("表題や単位は「メタデータ」のシートか見出しに移し、1行目を見出しにしてください"),
    ),
    "note_row": Fault(
        "2-1", "caution", plain("表の下に、注などの行があります"), _ONE_TABLE,
        plain("注や出典は「メタデータ」のシートに移してください"),
    ),
    # 2-2
    "second_table": Fault(
        "2-2", "error", plain("二つ目の表があります"), _ONE_TABLE, plain("別のシートに移してください")
    ),
}  # fmt: skip
