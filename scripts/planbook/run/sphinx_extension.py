"""What the book adds to Jupyter Book: navigation, search, formulas and words that need no network.

- **Formulas** become MathML while the book is built; MathJax would come from another host.
- **Words**: what the themes leave in English under ``language: ja`` is said in Japanese here, through the
  catalogue; the English edition keeps the themes' own words.
- **Navigation** opens the reader's own prefecture, municipality and plan only. The theme writes the whole tree of the
  book into every page, which costs the square of the number of pages.
- **Search** splits Japanese into pairs of characters, on both sides. Sphinx's own splitter takes half a
  second a page and does not split what the reader types, so that 「人口減少」 finds nothing.
- **Assets**: the charts' script is loaded only by pages with charts; what no page loads is removed.
"""

from __future__ import annotations

import gettext
import html
import json
import re
import shutil
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import SphinxError
from sphinx.locale import translators
from sphinx.search import SearchLanguage
from sphinx.util import logging

from planbook.vocabulary.catalogue import in_language, plain, text

LOGGER = logging.getLogger(__name__)

PAGE_SCRIPT = "planbook.js"
CHART_SCRIPT = "vega.js"
CHART_MARK = 'class="pb-chart"'
DESCRIPTION_LENGTH = 120
SHEET_MARGINS = "17mm 15mm 15mm"
# A digest is printed on one sheet.
DIGEST_MARGINS = "13mm 13mm 11mm"
# Up to this many municipalities the sidebar names those of the other prefectures too, folded. Beyond, it
# links to the first page of each prefecture: naming all would again make every page grow with the book.
PLACES_NAMED = 100
_PREFECTURE = re.compile(r"(?:^|/)(\d{2})/")
_LEAD = re.compile(r'<p class="pb-lead">(.*?)</p>', re.S)
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.S)
_TAG = re.compile(r"<[^>]+>")
# MyST-NB names its folds for screen readers, in English only; without it they read the visible words.
_FOLD_LABEL = '<summary aria-label="Toggle hidden content">'
# Written by the themes and loaded by no page: source maps, translations that are compiled into the pages,
# and 1.5 MB of icon script whose dozen icons planbook.css draws (see _templates/static).
_UNUSED = (
    "scripts/fontawesome.js*",
    "**/*.map",
    "locales",
    "vendor",
    "*webpack-macros.html",
)

# The themes' English -> the msgid that says it. Under `en` the themes' own words stay.
THEME_WORDS: dict[str, str] = {
    "Color mode": plain("明るい表示と暗い表示の切り替え"),
    "Light": plain("明るい表示"),
    "Dark": plain("暗い表示"),
    "System Settings": plain("機器の設定に合わせる"),
    "Toggle primary sidebar": plain("本の目次を開閉する"),
    "Toggle secondary sidebar": plain("このページの内容を開閉する"),
    "Contents": plain("このページの内容"),
    "Main": plain("本の目次"),
    "Page": plain("このページの内容"),
    "Link to this heading": plain("この見出しへのリンク"),
    "Link to this equation": plain("この式へのリンク"),
    "Link to this table": plain("この表へのリンク"),
    "Link to this image": plain("この図へのリンク"),
    "Link to this code": plain("このコードへのリンク"),
    "Link to this definition": plain("この定義へのリンク"),
    "Link to this term": plain("この用語へのリンク"),
    "Permalink to this headline": plain("この見出しへのリンク"),
    "Skip to main content": plain("本文へ移動"),
    "Back to top": plain("ページの先頭へ"),
    "Search": plain("検索"),
    "Search...": plain("検索"),
    "Error": plain("エラー"),
    "Please activate JavaScript to enable the search functionality.": plain(
        "検索を使うには、JavaScriptを有効にしてください。"
    ),
    "Breadcrumb": plain("現在の位置"),
    "Home": plain("表紙"),
    "previous": plain("前のページ"),
    "previous page": plain("前のページ"),
    "next": plain("次のページ"),
    "next page": plain("次のページ"),
    "By": plain("作成："),
    "Fullscreen mode": plain("全画面で表示"),
    "Print": plain("印刷・PDFに保存"),
    "Announcement": plain("お知らせ"),
    "Version warning": plain("版についての注意"),
    "Copyright": plain("著作権"),
    "Attention": plain("注目"),
    "Caution": plain("注意"),
    "Danger": plain("危険"),
    "Hint": plain("ヒント"),
    "Important": plain("重要"),
    "Note": plain("補足"),
    "See also": plain("関連項目"),
    "Tip": plain("ヒント"),
    "Warning": plain("警告"),
}

# What Sphinx's search page says from its script and has no Japanese for, or says at needless length.
SEARCH_WORDS: dict[str, str] = {
    "Searching": plain("検索しています"),
    "Search Results": plain("検索結果"),
    "Preparing search...": plain("検索の準備をしています"),
    "Search finished, found ${resultCount} page(s) matching the search query.": plain(
        "${resultCount}件のページが見つかりました。"
    ),
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that "
    "you've selected enough categories.": plain(
        "一致するページはありませんでした。言葉を短くするか、別の言い方で試してください。数字だけの検索はできません。"
    ),
    "Hide Search Matches": plain("検索語の強調をやめる"),
}

# What planbook.js says.
SCRIPT_WORDS: dict[str, str] = {
    "undrawn": plain("この図は表示できませんでした。同じ数値を下の表に示します。"),
    "unsaved": plain("画像を保存できませんでした。"),
    "everything": plain("すべて"),
    "filtered": plain("{total}行のうち{shown}行を示しています"),
    "choosePlans": plain("表示する計画"),
    "allPlans": plain("すべて表示"),
    "onlyPlan": plain("これだけ"),
    # The name of the button for screen readers: it has to begin with what is written on it.
    "onlyThis": plain("これだけを表示：{plan}"),
    "searchPlans": plain("計画をさがす（名称、市区町村、都道府県）"),
    "foundPlans": plain("見つかった計画だけを表示"),
    "chosenPlans": plain(
        "{total}計画のうち{shown}計画を表示しています。文章はすべての計画について書いています。"
    ),
    "somePlans": plain("{total}計画のうち{shown}計画を表示しています。"),
    "noPlan": plain("選んだ計画にあたるものは、ここにはありません。"),
    "onePlan": plain("少なくとも1つの計画は表示します。"),
}

# Settings of _config.yml whose Japanese value the English edition translates.
TRANSLATED_SETTINGS = ("html_title", "project", "author", "nb_code_prompt_show", "nb_code_prompt_hide")
CONFIG_WORDS = (
    plain("自治体計画の分析ブック（planbook）"),
    plain("自治体計画の分析ブック"),
    plain("planbook（自治体計画の再現可能な分析）"),
    plain("コードを表示"),
    plain("コードを隠す"),
    plain("この本を検索"),
)


# ---- formulas -------------------------------------------------------------------------------------


def formula_to_mathml(latex: str, display: str) -> str:
    """Return `latex` as a MathML element; `display` is ``inline`` or ``block``."""
    return convert(latex, display=display)


def _visit_inline(writer: Any, node: nodes.math) -> None:
    writer.body.append(f'<span class="pb-math">{formula_to_mathml(node.astext(), "inline")}</span>')
    raise nodes.SkipNode


def _visit_block(writer: Any, node: nodes.math_block) -> None:
    identity = f' id="{node["ids"][0]}"' if node.get("ids") else ""
    number = f'<span class="eqno">({node["number"]})</span>' if node.get("number") else ""
    formula = formula_to_mathml(node.astext(), "block")
    writer.body.append(f'<div class="pb-formula"{identity}>{formula}{number}</div>\n')
    raise nodes.SkipNode


# ---- words ----------------------------------------------------------------------------------------


class _Words(gettext.NullTranslations):
    """The themes' translations with ours in front."""

    def __init__(self, words: Mapping[str, str], behind: gettext.NullTranslations | None):
        super().__init__()
        self.words = dict(words)
        if behind is not None:
            self.add_fallback(behind)

    def gettext(self, message: str) -> str:
        return self.words.get(message) or super().gettext(message)


def _edition(config: Config) -> str:
    return "en" if str(config.language).startswith("en") else "ja"


def _say_words(app: Sphinx, config: Config) -> None:
    """Put the book's words in front of the themes'; before any template sees a translation."""
    with in_language(_edition(config)):
        for name in TRANSLATED_SETTINGS:
            if isinstance(value := getattr(config, name, None), str) and value:
                setattr(config, name, text(value))
        options = config.html_theme_options
        options["search_bar_text"] = text(options["search_bar_text"])
        options["logo"] = {**options["logo"], "text": text(options["logo"]["text"])}
        words = {english: text(msgid) for english, msgid in THEME_WORDS.items()}
    if _edition(config) == "ja":
        for domain in ("sphinx", "booktheme"):
            translators["general", domain] = _Words(words, translators.get(("general", domain)))
        app.translator = translators["general", "sphinx"]


# ---- search ---------------------------------------------------------------------------------------

_RUN = re.compile(r"[A-Za-z_][0-9A-Za-z_]*|[^\WA-Za-z_]+")


class PairSearch(SearchLanguage):
    """Latin words as they are, every other run of characters as its overlapping pairs.

    The page's words and the reader's are split alike, so a word of any length is found where all its
    pairs are: 「第2期」 where 第2 and 2期 are. Numbers alone are left out: Sphinx does not look them up.
    """

    lang = "ja"
    language_name = "Japanese"
    js_splitter_code = r"""
var splitQuery = function (query) {
  var words = [];
  var single = [];
  var runs = query.normalize("NFKC").match(/[A-Za-z_][0-9A-Za-z_]*|(?:(?![A-Za-z_])[\p{L}\p{N}])+/gu) || [];
  runs.forEach(function (run) {
    var letters = Array.from(run);
    if (/^([A-Za-z_]|\d+$)/.test(run)) words.push(run);
    else if (letters.length === 1) single.push(run);
    else for (var i = 0; i < letters.length - 1; i++) words.push(letters[i] + letters[i + 1]);
  });
  return words.length ? words : single;
};
"""

    def split(self, input: str) -> list[str]:
        """Split a text of the page as ``splitQuery`` splits what the reader types."""
        words: list[str] = []
        for run in _RUN.findall(unicodedata.normalize("NFKC", input)):
            if len(run) == 1 or run.isdigit() or (run[0].isascii() and not run[0].isdigit()):
                words.append(run)
            else:
                words.extend(run[i : i + 2] for i in range(len(run) - 1))
        return words

    def word_filter(self, word: str) -> bool:
        """Keep everything that a search can ask for."""
        return bool(word) and not word.isdigit()


# ---- navigation -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class NavPage:
    """A page of the book as the sidebar sees it."""

    name: str
    title: str
    children: tuple[NavPage, ...] = ()


@dataclass(frozen=True)
class NavPart:
    """A part of the table of contents; a prefecture when its pages lie in that prefecture's folder."""

    caption: str
    pages: tuple[NavPage, ...]

    @property
    def prefecture(self) -> str | None:
        """The two-digit code, None for the other parts."""
        codes = {found[1] if (found := _PREFECTURE.search(page.name)) else None for page in self.pages}
        return codes.pop() if len(codes) == 1 else None


@dataclass
class Navigation:
    """The table of contents of the whole book, read once."""

    root: NavPage
    parts: tuple[NavPart, ...]
    trails: dict[str, tuple[NavPart, tuple[NavPage, ...]]] = field(init=False)

    def __post_init__(self):
        self.trails = {}
        for part in self.parts:
            for page in part.pages:
                self._remember(part, (page,))

    def _remember(self, part: NavPart, trail: tuple[NavPage, ...]) -> None:
        self.trails[trail[-1].name] = (part, trail)
        for child in trail[-1].children:
            self._remember(part, (*trail, child))

    def trail(self, name: str) -> tuple[NavPart | None, tuple[NavPage, ...]]:
        """Return the part of page `name` and the pages that lead down to it, itself last."""
        return self.trails.get(name, (None, ()))

    def sidebar(self, name: str, link: Callable[[str], str]) -> str:
        """Return the sidebar of page `name`: its own branch open, the rest folded.

        Parameters
        ----------
        name : the page that is being written.
        link : gives the address of a page, seen from that page.
        """
        own, trail = self.trail(name)
        path = frozenset(page.name for page in trail) or frozenset({name})
        places = sum(len(part.pages) for part in self.parts if part.prefecture)
        blocks = [_list([self.root], path, link)]
        for part in self.parts:
            if not part.prefecture:
                heading = f'<p class="caption"><span class="caption-text">{_escape(part.caption)}</span></p>'
                blocks.append(heading + _list(part.pages, path, link))
            elif part is own or places <= PLACES_NAMED:
                state = " open" if part is own else ""
                summary = f"<summary>{_escape(part.caption)}</summary>"
                body = _list(part.pages, path, link)
                blocks.append(f'<details class="pb-nav-part"{state}>{summary}{body}</details>')
            else:
                address = html.escape(link(part.pages[0].name))
                blocks.append(f'<p class="pb-nav-part"><a href="{address}">{_escape(part.caption)}</a></p>')
        return "\n".join(blocks)

    def trail_html(self, name: str, link: Callable[[str], str]) -> str:
        """Return the way from the cover to page `name`; empty on the cover and outside the contents."""
        part, trail = self.trail(name)
        if part is None:
            return ""
        steps = [_anchor(self.root, link), f"<span>{_escape(part.caption)}</span>"]
        steps += [_anchor(page, link) for page in trail[:-1]]
        steps.append(f'<span aria-current="page">{_escape(trail[-1].title)}</span>')
        return "".join(f"<li>{step}</li>" for step in steps if step)


def _escape(words: str) -> str:
    return html.escape(words, quote=False)


def _anchor(page: NavPage, link: Callable[[str], str]) -> str:
    return f'<a href="{html.escape(link(page.name))}">{_escape(page.title)}</a>'


def _list(pages: Any, path: frozenset[str], link: Callable[[str], str], level: int = 1) -> str:
    items = []
    for page in pages:
        current = page.name in path
        state = " current active" if current else ""
        below = _list(page.children, path, link, level + 1) if current and page.children else ""
        items.append(f'<li class="toctree-l{level}{state}">{_anchor(page, link)}{below}</li>')
    first = "nav bd-sidenav" if level == 1 else "pb-nav-below"
    return f'<ul class="{first}">{"".join(items)}</ul>'


def read_navigation(env: Any) -> Navigation:
    """Read the table of contents that sphinx_external_toc keeps, with the pages' own titles."""
    site = env.external_site_map

    def page(entry: str) -> NavPage:
        name = env.path2doc(entry) or str(entry)
        document = site[entry]
        title = document.title or env.titles[name].astext()
        return NavPage(name, title, tuple(page(child) for child in document.child_files()))

    parts = [NavPart(tree.caption or "", tuple(map(page, tree.files()))) for tree in site.root.subtrees]
    with in_language(_edition(env.config)):
        cover = NavPage(env.config.root_doc, text(plain("表紙")))
    return Navigation(cover, tuple(parts))


# ---- pages ----------------------------------------------------------------------------------------


def page_description(body: str) -> str:
    """Return what the page says first, as one line of text, for search engines and link previews."""
    said = _LEAD.findall(body) or _PARAGRAPH.findall(body)[:1]
    words = " ".join(html.unescape(_TAG.sub("", "".join(said))).split())
    return words if len(words) <= DESCRIPTION_LENGTH else words[: DESCRIPTION_LENGTH - 1] + "…"


def print_style(book: str, page: str, margins: str) -> str:
    """Return the style that prints the book's and the page's name above, and the number below, each sheet.

    Parameters
    ----------
    book, page : the two names; the page's may be empty.
    margins : of the sheet.
    """
    name = f"{book}　{page}".replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ")
    number = 'counter(page)"／"counter(pages)'
    return f'<style>@page{{margin:{margins};@top-left{{content:"{name}"}}@bottom-right{{content:{number}}}}}</style>'


class _PageWriter:
    """Completes the context of every page; reads the table of contents once per build."""

    def __init__(self) -> None:
        self.navigation: Navigation | None = None

    def place(self, app: Sphinx, pagename: str, templatename: str, context: dict, doctree: Any) -> None:
        """Say where the page is; before the themes, which render their templates once to see which are empty."""
        if self.navigation is None:
            self.navigation = read_navigation(app.env)
        link = context["pathto"]
        context["planbook_sidebar"] = cache(partial(self.navigation.sidebar, pagename, link))
        context["planbook_trail"] = self.navigation.trail_html(pagename, link)
        context["planbook_page"] = pagename.rsplit("/", 1)[-1]

    def complete(self, app: Sphinx, pagename: str, templatename: str, context: dict, doctree: Any) -> None:
        """Add what the finished page needs; after the themes, which fill and replace parts of the context."""
        body = context.get("body", "")
        if body:
            body = context["body"] = body.replace(_FOLD_LABEL, "<summary>")
        # The theme asks for this by walking the whole tree; our sidebar is never empty.
        context["suppress_sidebar_toctree"] = lambda *_, **__: False
        context["header_buttons"] = [*context.get("header_buttons", []), _print_button()]
        context["metatags"] = context.get("metatags", "") + self._head(app, pagename, context, body)
        if CHART_MARK in body:
            app.add_js_file(CHART_SCRIPT, loading_method="defer", priority=600)
        if pagename == "search":
            _say_search_words(app)

    def _head(self, app: Sphinx, pagename: str, context: dict, body: str) -> str:
        trail = self.navigation.trail(pagename)[1]
        title = html.unescape(_TAG.sub("", context.get("title", "")))
        margins = DIGEST_MARGINS if context["planbook_page"] == "digest" else SHEET_MARGINS
        pieces = [print_style(app.config.html_title, title if trail else "", margins)]
        description = page_description(body)
        if description and 'name="description"' not in context.get("metatags", ""):
            pieces.append(f'<meta name="description" content="{html.escape(description)}"/>')
        return "\n".join(pieces)


def _print_button() -> dict[str, str]:
    return {
        "type": "javascript",
        "javascript": "window.print()",
        "tooltip": "Print",
        "icon": "fa-solid fa-print",
        "label": "print-button",
        "classes": "pst-navbar-icon",
    }


def _say_search_words(app: Sphinx) -> None:
    if _edition(app.config) == "ja":
        with in_language("ja"):
            messages = {english: text(msgid) for english, msgid in SEARCH_WORDS.items()}
        words = {"locale": "ja", "plural_expr": "0", "messages": messages}
        app.add_js_file(None, body=f"Documentation.addTranslations({_script_json(words)});", priority=700)


def _script_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")


# ---- assets ---------------------------------------------------------------------------------------


def _choose_scripts(app: Sphinx, config: Config) -> None:
    """Take over the scripts of ``_static``, each of which Jupyter Book would load on every page."""
    ours = (PAGE_SCRIPT, CHART_SCRIPT)
    config.html_js_files = [entry for entry in config.html_js_files if entry not in ours]
    with in_language(_edition(config)):
        words = {key: text(msgid) for key, msgid in SCRIPT_WORDS.items()}
    app.add_js_file(None, body=f"window.PLANBOOK_WORDS = {_script_json(words)};", priority=590)
    # Deferred scripts run in their order: the charts' (600) before the one that draws.
    app.add_js_file(PAGE_SCRIPT, loading_method="defer", priority=610)


def _require_assets(app: Sphinx) -> None:
    """Fail before any page is written when the charts' script is not in the stage."""
    folders = [Path(app.confdir, folder) for folder in app.config.html_static_path]
    for name in (PAGE_SCRIPT, CHART_SCRIPT):
        if not any((folder / name).is_file() for folder in folders):
            raise SphinxError(text("{name}が_staticにありません。", name=name))


def _remove_unused(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    for pattern in _UNUSED:
        for path in sorted(static.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the above to Sphinx."""
    app.add_html_math_renderer("mathml", (_visit_inline, None), (_visit_block, None))
    app.add_search_language(PairSearch)
    app.connect("config-inited", _say_words)
    app.connect("config-inited", _choose_scripts)
    app.connect("builder-inited", _require_assets)
    writer = _PageWriter()
    # The themes fill the context at 500 and 501.
    app.connect("html-page-context", writer.place, priority=400)
    app.connect("html-page-context", writer.complete, priority=900)
    app.connect("build-finished", _remove_unused, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
