"""A page: what a notebook places on it, and the sources that its numbers lead to."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import altair as alt

from planbook.load.plan import Plan
from planbook.load.reference import Reference
from planbook.presentation.data_dates import newest_date
from planbook.presentation.downloads import write_downloads
from planbook.presentation.html import Html, data_script, escape
from planbook.presentation.sources import SourceList
from planbook.presentation.tables import DataTable
from planbook.presentation.theme import enable_theme, fix_colours
from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.numbers import Number
from planbook.vocabulary.provenance import SourceRef

OUTPUT_VARIABLE = "PLANBOOK_OUTPUT"

#: Pixels that a chart is wide in JupyterLab; in the book it takes what the page gives.
LAB_WIDTH = 640

#: Between two credits. The wide space is what a saved picture, which knows no line break, splits them at.
_CREDIT_BREAK = "\u3000<br>"

#: What a paragraph may not hold.
_BLOCK = re.compile(r"\s*<(?:ul|ol|dl|table|div|p|figure|details|section|pre|blockquote|h[1-6])[\s>]")

NOTE_TITLES = {
    "missing": plain("この資料には掲載がない"),
    "caution": plain("読むときの注意"),
    "info": plain("補足"),
}


@dataclass(frozen=True)
class View:
    """What a figure is made of.

    Parameters
    ----------
    chart : the Altair chart; an analyst may change it before it is shown. None: the table is the figure.
    table : its numbers.
    sources : the tables and documents that they come from.
    alternative : what a reader who cannot see the chart should know.
    """

    chart: alt.TopLevelMixin | None
    table: DataTable
    sources: tuple[SourceRef, ...]
    alternative: str


@dataclass(frozen=True)
class Card:
    """A key figure with its label and a short remark."""

    label: str
    value: Number | str
    note: str | Html = ""


@dataclass
class Page:
    """One page of the book while its notebook runs.

    Parameters
    ----------
    subject : plan id, or ``compare`` for the pages across plans: the first part of figure ids.
    name : the page: digest, population, kpis, goals, overview …
    reference : the reference tables, for credit lines.
    place : columns that every download of this page starts with (area code and name); {} across plans.
    """

    subject: str
    name: str
    reference: Reference
    place: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        enable_theme()
        self.sources = SourceList(self.reference)

    def words(self, template: str, /, **values: object) -> Html:
        """Return a sentence whose numbers lead to their source lines.

        Parameters
        ----------
        template : a sentence of the catalogue with named placeholders.
        values : `Number` becomes a link, `Html` stays as it is, anything else is escaped.
        """
        return Html(
            text(escape_template(template), **{key: self._value(value) for key, value in values.items()})
        )

    def _value(self, value: object) -> str:
        if isinstance(value, Number):
            return self.sources.link(value)
        return value.markup if isinstance(value, Html) else escape(value)

    def say(self, template: str, /, **values: object) -> Html:
        """Return a paragraph of `words`: the call for prose that holds computed numbers."""
        return Html(f"<p>{self.words(template, **values)}</p>")

    def lead(self, sentences: Sequence[Html]) -> Html:
        """Return the answer of the page, one sentence a paragraph."""
        return Html("".join(f'<p class="pb-lead">{sentence}</p>' for sentence in sentences))

    def cards(self, cards: Sequence[Card]) -> Html:
        """Return key figures side by side."""
        items = "".join(
            f'<div class="pb-card"><p class="pb-card-label">{escape(card.label)}</p>'
            f'<p class="pb-card-value">{self._value(card.value)}</p>'
            f'<p class="pb-card-note">{self._value(card.note)}</p></div>'
            for card in cards
        )
        return Html(f'<div class="pb-cards">{items}</div>')

    def note(self, kind: str, *paragraphs: Html | str, title: str | None = None) -> Html:
        """Return a boxed remark; kind is missing, caution or info."""
        heading = title or text(NOTE_TITLES[kind])
        body = "".join(_as_block(self._value(paragraph)) for paragraph in paragraphs)
        return Html(
            f'<div class="pb-note pb-note-{kind}"><p class="pb-note-title">{escape(heading)}</p>{body}</div>'
        )

    def bullets(self, items: Sequence[Html | str]) -> Html:
        """Return a plain list."""
        return Html("<ul>" + "".join(f"<li>{self._value(item)}</li>" for item in items) + "</ul>")

    def table(self, table: DataTable, caption: str | None = None) -> Html:
        """Return a table that stands by itself."""
        return table.html(caption)

    def table_or_note(self, table: DataTable | None, *, caption: str, absent: str) -> Html:
        """Return a table under `caption`, or the sentence `absent` where there is none; both of the catalogue."""
        if table is None:
            return self.note("missing", text(absent), title=text("示せる数値がない"))
        return table.html(text(caption))

    def figure(
        self,
        key: str,
        chart: alt.TopLevelMixin | None,
        table: DataTable,
        *,
        caption: str,
        alternative: str,
        sources: Sequence[SourceRef],
    ) -> Html:
        """Return a chart with its caption, text alternative, table, downloads and source line.

        Parameters
        ----------
        key : names the figure on this page; the id is ``<subject>-<page>-<key>``.
        chart : the Altair chart; None where the table itself is the figure.
        table : the numbers of the chart.
        caption : what the figure shows, with unit.
        alternative : what a reader who cannot see the chart should know.
        sources : the tables and documents that the numbers come from.
        """
        figure_id = f"{self.subject}-{self.name}-{key}"
        credits = list(dict.fromkeys(self._credit(source) for source in sources))
        files = write_downloads(
            figure_id, self._records(table.as_file or table), self._metadata(caption, sources)
        )
        if chart is None:
            body = f"{table.html(label=caption)}{_download_links(files, saves=False)}"
        else:
            body = (
                f'{_drawn(chart, alternative)}<details class="pb-data" open>'
                f"<summary>{escape(text('数値の表とダウンロード'))}</summary>"
                f"{table.html(label=caption)}{_download_links(files)}</details>"
            )
        return Html(
            f'<figure class="pb-figure" id="{figure_id}"><figcaption>{escape(caption)}</figcaption>{body}'
            f'<p class="pb-source">{_CREDIT_BREAK.join(escape(credit) for credit in credits)}</p></figure>'
        )

    def show(
        self,
        key: str,
        view: View | None,
        *,
        caption: str,
        absent: str,
        chart: alt.TopLevelMixin | None = None,
    ) -> Html:
        """Return a view as a figure, or a plain sentence where the data for it is not at hand.

        Parameters
        ----------
        key : names the figure on this page.
        view : from one of the ``view_…`` functions; None where there is no data.
        caption : a sentence of the catalogue: what the figure shows, with unit.
        absent : a sentence of the catalogue: what is said instead when `view` is None.
        chart : an edited chart in place of the view's own.
        """
        if view is None:
            return self.note("missing", text(absent), title=text("示せる数値がない"))
        return self.figure(
            key,
            chart or view.chart,
            view.table,
            caption=text(caption),
            alternative=view.alternative,
            sources=view.sources,
        )

    def _credit(self, source: SourceRef) -> str:
        return self.sources.credit(source)

    def _records(self, table: DataTable) -> list[dict[str, object]]:
        return [{**self.place, **record} for record in table.records()]

    def _metadata(self, caption: str, sources: Sequence[SourceRef]) -> dict[str, str]:
        """Return what a download says of its table: title, sources with their tables, date, licences."""
        lines = dict.fromkeys(self.sources.line(source) for source in sources)
        licences = dict.fromkeys(self.reference.label("licences", source.licence) for source in sources)
        newest = newest_date(sources, self.reference)
        return {
            text("表題"): caption,
            **{f"{text('出典')}{n}": line for n, line in enumerate(lines, start=1)},
            text("データの時点"): newest or text("出典に日付の記載がありません"),
            text("ライセンス"): text("、").join(licences),
        }

    def source_list(self) -> Html:
        """Return the numbered source lines of every number shown so far: the last cell of a page."""
        return self.sources.section()


def open_page(plan: Plan, name: str) -> Page:
    """Open a page of one plan."""
    place = {text("団体コード"): plan.municipality.code, text("団体名"): plan.municipality.name}
    return Page(plan.plan_id, name, plan.reference, place)


def open_comparison(reference: Reference, name: str) -> Page:
    """Open a page across plans."""
    return Page("compare", name, reference)


def _as_block(markup: str) -> str:
    """Wrap inline markup into a paragraph; a list or table cannot stand in one."""
    return markup if _BLOCK.match(markup) else f"<p>{markup}</p>"


def escape_template(template: str) -> str:
    """Check that a template holds no markup: sentences are text, only their values may be HTML."""
    if "<" in template or "&" in template:
        raise ValueError(f"a sentence holds markup: {template!r}; pass Html as a value instead")
    return template


def _drawn(chart: alt.TopLevelMixin, alternative: str) -> str:
    spec = chart.to_dict()
    spec["description"] = alternative
    label = escape(alternative)
    in_book = os.environ.get(OUTPUT_VARIABLE) == "book"
    inner = data_script("pb-spec", spec) if in_book else _static_svg(spec)
    return f'<div class="pb-chart" role="img" aria-label="{label}">{inner}</div>'


def _static_svg(spec: dict) -> str:
    """Draw for JupyterLab, which speaks an older Vega-Lite: a picture needs no script at all."""
    import vl_convert  # noqa: PLC0415 - its first call costs a second, and the book never makes it

    if spec.get("width") == "container":
        spec = {**spec, "width": LAB_WIDTH}
    return vl_convert.vegalite_to_svg(fix_colours(spec))


def _download_links(files: list[str], *, saves: bool = True) -> str:
    labels = {"csv": "CSV", "xlsx": "Excel"}
    links = " ".join(
        f'<a href="files/{escape(name)}" download>{labels[name.rsplit(".", 1)[1]]}</a>' for name in files
    )
    buttons = " ".join(
        f'<button type="button" class="pb-save" data-format="{form}">{form.upper()}</button>'
        for form in ("svg", "png")
        if saves
    )
    return f'<p class="pb-downloads">{links} {buttons}</p>'
