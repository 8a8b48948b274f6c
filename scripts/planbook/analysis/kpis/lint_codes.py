"""The codes of the indicators' lint: a short word, why it matters, and what would mend it.

A code says what is not to be seen in the document at hand, never that the plan lacks it. The viewpoints are
those of the Cabinet Office's guideline on the indicators of local strategies (2018-04): an objective outcome, a
causal link to the measures, a sound level, measurability.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planbook.vocabulary.catalogue import plain, text

#: Who decides: a rule; a person, whose reason is recorded; a rule that a person's recorded verdict overrules.
Decider = Literal["rule", "person", "rule_or_person"]


@dataclass(frozen=True)
class Code:
    """One kind of finding.

    Parameters
    ----------
    word_msgid : for the cell of a table.
    explanation_msgid : why it matters, in one or two sentences.
    remedy_msgid : what the department would write or do.
    """

    word_msgid: str
    explanation_msgid: str
    remedy_msgid: str
    decided_by: Decider = "rule"

    @property
    def word(self) -> str:
        """The short word in the language of the run."""
        return text(self.word_msgid)

    @property
    def explanation(self) -> str:
        """Why it matters, in the language of the run."""
        return text(self.explanation_msgid)

    @property
    def remedy(self) -> str:
        """What would mend it, in the language of the run."""
        return text(self.remedy_msgid)


CODES = {
    "K01": Code(
        plain("当初値なし"),
        plain("出発点の値が掲載されていません。実績が出ても、どれだけ進んだか（進捗率）は計算できません。"),
        plain(
            "直近の値を調べ、いつの値かとともに当初値として書き添えてください。まだ調べていない値なら、いつ、どの調査で測るかを書いてください。"
        ),
    ),
    "K02": Code(
        plain("当初値の年なし"),
        plain("当初値がいつの値か書かれていません。何年かけた変化なのかを読み取れません。"),
        plain("当初値の後ろに、「（令和2年度）」「（令和2年10月1日）」のように時点を書き添えてください。"),
    ),
    "K03": Code(
        plain("目標値なし"),
        plain("目標の値も向きも掲載されていません。"),
        plain("目標とする値を、いつまでに達するかとともに書き添えてください。"),
    ),
    "K04": Code(
        plain("目標の年度なし"),
        plain(
            "いつまでの目標か、この資料には書かれていません。計画の最終年度までと解することはできますが、それは読み手の解釈です。"
        ),
        plain(
            "目標値の見出しか値の後ろに、「（令和7年度）」のように年度を書き添えてください。すべて同じ年度なら、表の見出しに一度書けば足ります。"
        ),
    ),
    "K05": Code(
        plain("目標は矢印だけ"),
        plain(
            "目標が矢印（↗など）だけです。どこまで変われば達成といえるかは、この資料からは決まりません。"
        ),
        plain(
            "目標値を数で書き添えてください。数で定めないのであれば、どれだけ動けば「変わった」とみるか（許容幅）と、判定する時点を書いてください。"
        ),
    ),
    "K06": Code(
        plain("単位か、何年分の数かが異なる"),
        plain(
            "当初値と目標値とで、単位の書き方か、何年分の数かが違います。同じ量どうしを比べているかを、全文で確かめる必要があります。"
        ),
        plain(
            "当初値と目標値の単位と、何年分の数かをそろえて書いてください。1年間の数と期間全体の数のように違う量なら、どちらかに直して比べてください。"
        ),
    ),
    "K07": Code(
        plain("数え方が不明"),
        plain(
            "ある時点の数か、1年間の数か、累計かが書かれていません。実績の数え方がこれによって変わります。"
        ),
        plain("「年度末時点」「年間」「令和4年度からの累計」のどれかを、指標名か単位に書き添えてください。"),
        "rule_or_person",
    ),
    "K08": Code(
        plain("再掲"),
        plain("同じとみられる指標が、別の目標にも掲げられています。数えるときは1回とします。"),
        plain("二度目の行に「（再掲）」と書き添えてください。"),
    ),
    "K09": Code(
        plain("番号の重なり"),
        plain(
            "指標ごとに付けられているとみられる番号が、別の指標にも付いています。番号で引くと取り違えます。"
        ),
        plain("番号を付け直し、一つの番号が一つの指標だけを指すようにしてください。"),
    ),
    "K10": Code(
        plain("目標が当初値と同じ"),
        plain(
            "目標値が当初値と同じで、保つことが目標だとは書かれていません。何も変わらなくても達成になります。"
        ),
        plain(
            "保つことが目標なら「維持」と書き、下がるとみられる理由を添えてください。増やす目標なら、値を見直してください。"
        ),
    ),
    "K11": Code(
        plain("趨勢と同水準の目標"),
        plain(
            "計画より前の推移をそのまま延ばした値と、目標が同じ水準です。計画の取組がなくても届くかもしれません。"
        ),
        plain("取組によって上積みする分がどれだけかを書くか、趨勢を保つこと自体が目標である理由を書いてください。"),
    ),
    "K12": Code(
        plain("過去の実績の幅を超える目標"),
        plain(
            "目標が、手元にある、計画より前の値のどれとも離れています。意欲的な目標であって誤りではありませんが、達成の道筋の説明が要ります。"
        ),
        plain("過去にない水準を目標とする根拠（どの取組で、どれだけ変わるとみるか）を書き添えてください。"),
    ),
    "K13": Code(
        plain("活動の量"),
        plain("市の活動の量を測る指標で、その活動によって市民の暮らしや地域がどう変わったかは測れません。"),
        plain(
            "活動の量は参考として残し、その活動がもたらす変化（利用者の数、満足度、所得など）を測る指標を加えてください。"
        ),
        "person",
    ),
    "K14": Code(
        plain("回答者数なし"),
        plain(
            "アンケートの割合とみられますが、回答者数が掲載されていません。"
            "変化が調査の誤差より大きいかを判断できません。"
        ),
        plain("調査の名称、対象、実施の時期、配布数と回答者数を書き添えてください。"),
    ),
    "K15": Code(
        plain("小さな数"),
        plain(
            "数が小さいため、予定する変化を、取組と関わりなく年ごとに起こる振れと見分けにくくなります。市が実施するかどうかを決める件数には、この振れは当てはまりません。"
        ),
        plain(
            "単年の値ではなく3〜5年の合計か平均で比べることとし、その旨を書いてください。割合など別の指標を添えることもできます。"
        ),
    ),
    "K16a": Code(
        plain("期間中に値が出ないとみられる"),
        plain(
            "もとになるとみた統計では、計画期間の値が、期間の終わるまでに一度も公表されないとみられます。この指標で期間中に計画を見直すことは難しいとみられます。統計と公表の時期は要確認です。"
        ),
        plain(
            "同じことを毎年測れる補助の指標（届出の数、市の集計など）を加え、この指標は次の計画で検証すると書いてください。計画期間が終わっていれば、次の計画で改めてください。"
        ),
    ),
    "K16b": Code(
        plain("最終年度の値が間に合わないとみられる"),
        plain(
            "もとになるとみた統計では、最終年度の値が、計画期間の翌年度に行う最後の検証に間に合わないとみられます。統計と公表の時期は要確認です。"
        ),
        plain(
            "最後の検証で何年度の値を使うかをあらかじめ書くか、目標の年度を、間に合う年度に合わせてください。計画期間が終わっていれば、最後の検証の報告に使った年度を書き、次の計画で改めてください。"
        ),
    ),
    "K17": Code(
        plain("名称と中身の違い"),
        plain("指標の名称から受け取る意味と、実際に数えているものとが違います。"),
        plain("数えているもののとおりに名称を改めるか、定義を注に書き添えてください。"),
        "person",
    ),
    "K18": Code(
        plain("市町村の力の及びにくい指標"),
        plain(
            "景気や広い地域の動きに大きく左右され、市町村の取組の効果を読み取りにくい指標です。"
        ),
        plain(
            "全国や都道府県の値と並べて示すか、市町村の取組が直接に動かす指標（支援した事業者の数とその結果など）を加えてください。"
        ),
        "person",
    ),
    "K19": Code(
        plain("平均だけ"),
        plain("平均の値で、もとになる統計には男女別の値がありますが、男女を分けずに掲げています。"),
        plain("男女別の値を並べて書いてください。平均が上がっても、差が開いていることがあります。"),
        "rule_or_person",
    ),
    "K20": Code(
        plain("当初値が計画開始の後"),
        plain(
            "当初値が、計画の始まった後の値です。それまでに起きた変化は、この計画の変化に数えられません。"
        ),
        plain("計画が始まる前の最も新しい値を当初値としてください。得られなければ、その理由を書いてください。"),
    ),
    "K21": Code(
        plain("名目の金額"),
        plain(
            "金額で測る指標ですが、物価の変化を除いたもの（実質）かどうかが書かれていません。物価が上がるだけでも増えます。"
        ),
        plain(
            "名目か実質かを書き添えてください。名目であれば、同じ期間の物価の変化を並べて示してください。"
        ),
    ),
}  # fmt: skip

#: What a document does not write beside an indicator: decided from its rows alone.
UNWRITTEN = ("K01", "K02", "K03", "K04", "K05", "K06", "K07", "K08", "K14")
