"""The source lines of a page: every number links to one, every line says where its number stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from planbook.load.reference import Reference
from planbook.presentation.html import Html, escape
from planbook.vocabulary.catalogue import current_language, plain, text
from planbook.vocabulary.numbers import Number
from planbook.vocabulary.provenance import SourceRef, parse_locator


@dataclass
class SourceList:
    """Collects the sources of a page in the order in which its numbers appear."""

    reference: Reference
    _lines: dict[str, int] = field(default_factory=dict)

    def link(self, number: Number) -> str:
        """Return the number as HTML that leads to its source line; plain where it has none."""
        if number.source is None and number.formula is None:
            return escape(number)
        position = self._position(number)
        return f'<a class="pb-num" href="#src-{position}" title="{escape(self._hint(number))}">{escape(number)}</a>'

    def _position(self, number: Number) -> int:
        """Return the line of a number; the parts of a computation stand above it."""
        if number.source is not None:
            line = self._source(number.source, number.as_of)
        else:
            parts = text("、").join(
                f'<a href="#src-{n}">[{n}]</a>'
                for n in dict.fromkeys(
                    self._position(part) for part in number.inputs if part.source or part.formula
                )
            )
            line = escape(text("計算：{formula}", formula=number.formula))
            line += escape(text("。もとの数値")) + parts if parts else ""
        return self._lines.setdefault(line, len(self._lines) + 1)

    def section(self) -> Html:
        """Return the numbered list of source lines; empty when no number of the page has one."""
        items = "".join(f'<li id="src-{position}">{line}</li>' for line, position in self._lines.items())
        # Whoever computes again from the figures as they print is off by a unit of the last digit at times.
        note = escape(
            text(
                "計算の行は、丸める前の値によります。表示された数字どうしの計算とは、最後のけたが合わないことがあります。"
            )
        )
        return Html(f'<section class="pb-sources"><ol>{items}</ol><p>{note}</p></section>' if items else "")

    def _hint(self, number: Number) -> str:
        if number.source is not None:
            return Html(self._source(number.source, number.as_of)).plain()
        return text("計算：{formula}", formula=number.formula)

    def _source(self, source: SourceRef, as_of: str | None) -> str:
        if source.kind == "document":
            place = text(
                "{publisher}『{title}』{place}",
                publisher=source.publisher,
                title=source.title,
                place=locator_words(source),
            )
            return escape(place) + text("：") + f"<q>{escape(source.as_written)}</q>"
        return escape(self.line(source, as_of))

    def line(self, source: SourceRef, as_of: str | None = None) -> str:
        """Return the credit line of a source; of an official one with its table and the date it holds for."""
        if source.kind == "document":
            return self.credit(source)
        when = text("（{table}、時点 {as_of}）", table=source.locator, as_of=as_of or source.as_of)
        return self.credit(source) + when

    def credit(self, source: SourceRef) -> str:
        """Return the credit line that the publisher's terms ask for."""
        licence = self.reference.row("licences", source.licence)
        return getattr(licence, f"credit_{current_language()}").format(
            title=source.title, publisher=source.publisher
        )


def locator_words(stated) -> str:
    """Return the locator of a source or place for readers: 12行目, 12〜14行目, 3ページ."""
    place = parse_locator(stated.locator)
    if place.kind == "cell":
        return str(place)
    one = place.first == place.last
    if place.kind == "lines":
        form = plain("{first}行目") if one else plain("{first}〜{last}行目")
    else:
        form = plain("{first}ページ") if one else plain("{first}〜{last}ページ")
    return text(form, first=place.first, last=place.last)
