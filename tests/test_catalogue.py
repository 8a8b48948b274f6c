"""The catalogue is in step with the code, whole, and its placeholders agree."""

from __future__ import annotations

import re
import string

import pytest

from planbook.command.extraction import extract, read_catalogue, sentences
from planbook.vocabulary.catalogue import in_language, text


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.fixture(scope="module")
def catalogues(repository):
    return extract(repository), read_catalogue("en")


def test_every_sentence_has_its_english(catalogues):
    fresh, kept = catalogues
    known = {message.id for message in kept if message.id and message.string}
    missing = sorted(message.id for message in fresh if message.id and message.id not in known)
    assert missing == [], "run: planbook catalogue"


def test_no_sentence_is_left_over(catalogues):
    fresh, kept = catalogues
    used = {message.id for message in fresh if message.id}
    assert sorted(message.id for message in kept if message.id and message.id not in used) == []


def test_placeholders_agree(catalogues):
    _, kept = catalogues
    wrong = [m.id for m in kept if m.id and not fields(str(m.string)) <= fields(str(m.id))]
    assert wrong == []


def test_the_english_speaks_no_japanese(catalogues):
    """Kana in a translation is a forgotten sentence; only examples of what documents write keep theirs."""
    _, kept = catalogues
    forgotten = []
    for message in kept:
        for run in re.findall(r"[ぁ-ゖァ-ヺ一-龠]*[ぁ-ゖ][ぁ-ゖァ-ヺ一-龠]*", str(message.string or "")):
            if message.id and (run not in str(message.id) or "。" in str(message.id)):
                forgotten.append(message.id)
    assert forgotten == []


def test_a_sentence_is_spoken_in_the_language_of_the_run():
    assert text("最新の人口") == "最新の人口"
    with in_language("en"):
        assert text("最新の人口").isascii()


def test_the_extractor_sees_keywords_and_concatenated_strings():
    found = [s for _, s in sentences('page.show("k", v, caption="図の" "題", absent="なし")\ntext("文")')]
    assert found == ["図の題", "なし", "文"] or sorted(found) == sorted(["図の題", "なし", "文"])
