"""How alike two short texts are: cosine of character 2- and 3-grams, weighted by how rare they are.

Characters need no dictionary, so a place name or a new word counts like any other, and the same texts give
the same figures on every machine. The weights are those of the usual smoothed TF-IDF: ``ln((1+n)/(1+df)) + 1``
for a gram that ``df`` of ``n`` texts hold, times how often the text holds it; texts are then of length one.

A likeness is a reason to look, never a judgement: it is always shown with the words that two texts share.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from planbook.vocabulary.characters import fold

LENGTHS = (2, 3)
#: Punctuation separates words: a gram never reaches across it.
_BREAK = re.compile(r"[^\w]+")
_ONLY_HIRAGANA = re.compile(r"[ぁ-ゖー]+")
_ONLY_DIGITS = re.compile(r"[0-9]+")
#: What the names of measures end in whatever they are about, and joints of grammar: sharing these says nothing.
EMPTY_WORDS = frozenset(
    "推進 促進 充実 支援 強化 整備 確保 拡大 向上 実施 対応 活用 育成 確立 形成 実現 創出 構築 取組 取り組み "  # noqa: SIM905
    "づくり つくる かなえる による ための として する した への から まで 等の 新た 新たな 新しい 向けた".split()
)
_AFTER_NO = "|".join(sorted(EMPTY_WORDS, key=lambda word: (-len(word), word)))
#: What a run of letters may end in without it being part of the word before.
_TAILS = (
    # Behind kanji or kana, a particle ends the word before it.
    re.compile(r"(?<=[^ぁ-ゖ])[のをにがはとへやもで]+$"),
    # Behind hiragana it may be part of the word: しごと, ふるさと, ひと, こと, いきもの (but 子どもの).
    re.compile(r"(?<=..)(?:[をにがはへで]|(?<!しご)(?<!ふるさ)(?<![ひびこ])と|(?:(?<!も)|(?<=ども))の)$"),
    re.compile(r"(?<=.[^ぁ-ゖ])(?:ための|による|として|への|から|まで|する|した|して)$"),
    re.compile(rf"(?<=..)の(?:{_AFTER_NO})$"),
)
_PARTICLE = re.compile(r"[のをにがはとへやもで]")
_HIRAGANA = re.compile(r"[ぁ-ゖ]")
_KANJI = re.compile(r"[一-龠々]")
#: Letters of the i and e rows: nouns made from verbs end in one of them (学び, 流れ), what is left of a verb never so.
_NOUN_ENDING = re.compile(r"[いきぎしじちぢにひびぴみりえけげせぜてでねへべぺめれ]$")
#: Letters that a shared run needs to be shown as a word.
SHORTEST_WORD = 2


@lru_cache(maxsize=65536)
def split_pieces(text: str) -> tuple[str, ...]:
    """Return the folded runs of letters and digits of a text: width, case, blanks and punctuation do not count.

    Examples
    --------
    >>> split_pieces("「稼ぐ」産業と、ＩＣＴの推進")
    ('稼ぐ', '産業と', 'ictの推進')
    """
    return tuple(piece for piece in _BREAK.split(fold(text).text.lower()) if piece)


def list_grams(text: str) -> Iterator[str]:
    """Yield the 2- and 3-grams of a text; a piece of one letter stands for itself."""
    for piece in split_pieces(text):
        if len(piece) == 1:
            yield piece
        for length in LENGTHS:
            for start in range(len(piece) - length + 1):
                yield piece[start : start + length]


@dataclass(frozen=True)
class TextSpace:
    """What a collection of texts says about how rare each gram is.

    Parameters
    ----------
    size : how many texts it was made from.
    holding : gram → how many of the texts hold it.
    """

    size: int
    holding: dict[str, int]
    _vectors: dict[str, dict[str, float]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def vector(self, text: str) -> dict[str, float]:
        """Return the weights of a text's grams, of length one; empty for a text without letters.

        The same text has the same vector: it is not to be changed.
        """
        if text not in self._vectors:
            self._vectors[text] = self._weigh(text)
        return self._vectors[text]

    def _weigh(self, text: str) -> dict[str, float]:
        counts = Counter(list_grams(text))
        weights = {
            gram: count * (math.log((1 + self.size) / (1 + self.holding.get(gram, 0))) + 1)
            for gram, count in sorted(counts.items())
        }
        length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
        return {gram: weight / length for gram, weight in weights.items()} if length else {}


def make_space(texts: Iterable[str]) -> TextSpace:
    """Count in how many of the texts each gram stands."""
    texts = list(texts)
    holding: Counter[str] = Counter()
    for text in texts:
        holding.update(set(list_grams(text)))
    return TextSpace(len(texts), dict(holding))


class TextIndex:
    """Vectors that can be asked which of them another one shares anything with: nobody tries every pair.

    Parameters
    ----------
    vectors : of `TextSpace`.
    """

    def __init__(self, vectors: Iterable[dict[str, float]]):
        self._places: dict[str, list[tuple[int, float]]] = {}
        for place, vector in enumerate(vectors):
            for gram, weight in vector.items():
                self._places.setdefault(gram, []).append((place, weight))

    def score(self, vector: dict[str, float], *, lowest: float) -> dict[int, float]:
        """Return the likeness of the vectors that are at least `lowest` alike, by their place, in their order.

        Grams are added in their alphabetical order, so that a pair has the same likeness from either side and on every
        machine.
        """
        scores: dict[int, float] = {}
        for gram in sorted(vector):
            weight = vector[gram]
            for place, other in self._places.get(gram, ()):
                scores[place] = scores.get(place, 0.0) + weight * other
        return {place: min(1.0, scores[place]) for place in sorted(scores) if scores[place] >= lowest}


@dataclass(frozen=True)
class Likeness:
    """Two texts and how alike they are.

    Parameters
    ----------
    left, right : positions in the two lists that were compared.
    score : cosine, 0 to 1.
    words : what they share, longest first.
    """

    left: int
    right: int
    score: float
    words: tuple[str, ...]


def compare_texts(
    left: Sequence[str], right: Sequence[str], space: TextSpace, *, lowest: float
) -> list[Likeness]:
    """Return every pair that shares a word and is at least `lowest` alike, in the order of `left`, then `right`.

    Parameters
    ----------
    left, right : the texts.
    space : made from a collection that both belong to.
    lowest : a cosine, above 0.
    """
    index = TextIndex(space.vector(text) for text in right)
    found = []
    for number, text in enumerate(left):
        for place, score in index.score(space.vector(text), lowest=lowest).items():
            words = list_shared_words(text, right[place])
            if words:
                found.append(Likeness(number, place, score, words))
    return found


def compare_within(
    texts: Sequence[str], space: TextSpace, *, lowest: float, wanted: Callable[[int, int], bool]
) -> list[Likeness]:
    """Return what `compare_texts` finds of a list against itself, every pair once: `left` is not behind `right`.

    Parameters
    ----------
    texts : all of `space`.
    space, lowest : as in `compare_texts`.
    wanted : of two positions, the first not behind the second: whether the pair is looked for. A text with itself is a pair.
    """
    index = TextIndex(space.vector(text) for text in texts)
    found = []
    for number, text in enumerate(texts):
        for place, score in index.score(space.vector(text), lowest=lowest).items():
            if number <= place and wanted(number, place):
                words = list_shared_words(text, texts[place])
                if words:
                    found.append(Likeness(number, place, score, words))
    return found


def list_shared_words(first: str, second: str) -> tuple[str, ...]:
    """Return the longest runs of letters that both texts hold, longest first, none inside another.

    Two letters of hiragana, digits alone and `EMPTY_WORDS` are left out: they tie anything to anything.

    Examples
    --------
    >>> list_shared_words("移住・定住の促進", "移住定住の支援")
    ('定住', '移住')
    >>> list_shared_words("女性の活躍", "若者の活躍")
    ('活躍',)
    """
    found = {
        word
        for one in split_pieces(first)
        for other in split_pieces(second)
        for run in _list_common_runs(one, other)
        if len(word := _strip_joints(run)) >= SHORTEST_WORD and not _is_filler(word)
    }
    longest = sorted(found, key=lambda word: (-len(word), word))
    return tuple(word for n, word in enumerate(longest) if not any(word in longer for longer in longest[:n]))


def _strip_joints(run: str) -> str:
    """Take off both ends what is no part of a word there: の活躍 says no more than 活躍, 人口の拡大 than 人口."""
    return re.sub(r"^[ぁ-ゖ]+(?=[^ぁ-ゖ])|^[のをにがはとへやも](?=[ぁ-ゖ]{2})", "", _strip_tails(run))


def _strip_tails(run: str) -> str:
    for tail in _TAILS:
        if (kept := tail.sub("", run)) != run:
            return _strip_tails(kept)
    return run


def _is_filler(word: str) -> bool:
    particles = len(word) <= SHORTEST_WORD and _ONLY_HIRAGANA.fullmatch(word)
    return bool(particles or _ONLY_DIGITS.fullmatch(word) or EMPTY_WORDS & {word, _without_joints(word)})


def _without_joints(word: str) -> str:
    """Take hiragana off both ends: の推進 and 推進する are 推進."""
    return re.sub(r"^[ぁ-ゖ]+(?=[^ぁ-ゖ])|(?<=[^ぁ-ゖ])[ぁ-ゖ]+$", "", word)


def _list_common_runs(first: str, second: str) -> list[str]:
    """Return every run that both hold and that no further letter on either side extends."""
    lengths = [0] * (len(second) + 1)
    runs = []
    for row, letter in enumerate(first):
        above = 0
        for column, other in enumerate(second, start=1):
            before, lengths[column] = lengths[column], above + 1 if letter == other else 0
            above = before
            grown = lengths[column]
            ends = row + 1 == len(first) or column == len(second) or first[row + 1] != second[column]
            if grown >= SHORTEST_WORD and ends:
                begins = (row + 1 - grown, column - grown)
                run = first[begins[0] : row + 1]
                before = (first[: begins[0]][-1:], second[: begins[1]][-1:])
                runs.append(
                    _whole_words(run, before, (first[row + 1 : row + 2], second[column : column + 1]))
                )
    return runs


def _whole_words(run: str, before: Sequence[str], following: Sequence[str]) -> str:
    """Take half words off both ends, as far as letters tell it without a dictionary.

    Parameters
    ----------
    run : letters that two texts share.
    before, following : the letter before and behind it in each text; "" at an end of the text.
    """
    if all(_KANJI.match(letter) for letter in before):
        # Of 産業の振興 and 農業の振興 the shared word is 振興.
        run = re.sub(r"^[一-龠々](?![一-龠々])", "", run)
    if all(_KANJI.match(letter) for letter in following):
        return _without_half_compound(run)
    if all(_HIRAGANA.match(letter) and not _PARTICLE.match(letter) for letter in following):
        return _without_half_verb(run, following)
    return run


def _without_half_compound(run: str) -> str:
    """Of 地域経済 and 地域経営 the shared word is 地域: words of kanji mostly have two letters.

    A run of an odd number of them that goes on with another kanji on both sides ends within one.
    """
    kanji = re.search(r"[一-龠々]+$", run)
    return run[:-1] if kanji and len(kanji[0]) % 2 else run


def _without_half_verb(run: str, following: Sequence[str]) -> str:
    """Of 安心して暮らす and 安心して暮らせる the shared word is 安心: the run ends within an inflected word."""
    last = re.search(r"([^ぁ-ゖ]+)([ぁ-ゖ]*)$", run)
    if last is None:
        return run
    stem, ending = last.groups()
    particles = [found.start() for found in _PARTICLE.finditer(ending) if found.start() or len(stem) > 1]
    if particles:
        return run[: last.start(2) + particles[0]]
    if len(stem) > 1:
        # Words of several kanji are whole before する: 活躍し(た) is 活躍.
        return run[: last.start(2)] if re.match(r"[さしすせ]", ending) else run
    adjective = ending == "し" and all(letter in "いくかけさみむ" for letter in following)
    return run if _NOUN_ENDING.search(ending) and not adjective else run[: last.start()]


def mark_words(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """Cut a text into parts that belong to one of the words and parts that do not, as it was written.

    Examples
    --------
    >>> mark_words("移住・定住の促進", ("定住", "移住"))
    [('移住', True), ('・', False), ('定住', True), ('の促進', False)]
    """
    folded = fold(text, drop_spaces=True)
    plain = folded.text.lower()
    inside = [False] * len(text)
    for word in words:
        for found in re.finditer(re.escape(word), plain):
            begin, end = folded.span(*found.span())
            inside[begin:end] = [True] * (end - begin)
    parts: list[tuple[str, bool]] = []
    for letter, marked in zip(text, inside, strict=True):
        if parts and parts[-1][1] == marked:
            parts[-1] = (parts[-1][0] + letter, marked)
        else:
            parts.append((letter, marked))
    return parts
