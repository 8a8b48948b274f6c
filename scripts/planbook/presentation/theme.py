"""How charts look: one Altair theme, and one sign per role.

A role is what a series *means* (observed by census, the target of the plan, a projection edition …).
Its sign is always threefold, colour + dash + marker, so that no chart tells series apart by colour alone.

Every colour has a contrast of at least 3:1 on the white page, on its panels and on the dark page
(WCAG 2.2, 1.4.11), which is why all of them are of middle lightness; those that meet in one chart also
stay apart under the three common forms of colour blindness. Text, axes and grid are not fixed colours but
CSS variables, so that one chart serves the light page, the dark page and the printed one; the fallback
inside each ``var()`` is the light value and is what a saved picture gets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from planbook.vocabulary.catalogue import plain, text
from planbook.vocabulary.errors import ParameterError, Problem, message

THEME_NAME = "planbook"
# The page and its lightest and darkest panels, light and dark; the same values are in planbook.css.
LIGHT_BACKGROUNDS = ("#ffffff", "#f5f8fe")
DARK_BACKGROUNDS = ("#14181e", "#1a2029")
# Fonts that Windows, macOS and Linux bring along; a book on a closed network can load no other.
# Without quotation marks, so that the same string fits CSS, SVG attributes and JSON.
FONTS = (
    "BIZ UDPGothic, Hiragino Kaku Gothic ProN, Hiragino Sans, Yu Gothic Medium, Meiryo,"
    " Noto Sans CJK JP, Noto Sans JP, sans-serif"
)
# In JupyterLab the book's variables are unset and its own text colour answers.
TEXT_COLOUR = "var(--pb-chart-text, var(--jp-content-font-color1, #1a1a1a))"
MUTED_COLOUR = "var(--pb-chart-muted, var(--jp-content-font-color2, #595959))"
GRID_COLOUR = "var(--pb-chart-grid, var(--jp-border-color2, #d9d9d9))"
DEFAULT_HEIGHT = 320
_VARIABLE = re.compile(r"var\(--[\w-]+,\s*([^()]*)\)")

SOLID: tuple[int, ...] = ()
# A star as an SVG path: Vega has no ninth named shape that is told apart at eight pixels.
STAR = (
    "M0,-1L0.2245,-0.309L0.9511,-0.309L0.3633,0.118L0.5878,0.809"
    "L0,0.382L-0.5878,0.809L-0.3633,0.118L-0.9511,-0.309L-0.2245,-0.309Z"
)
# A cross whose arms meet at right angles, and an hourglass: what links two ways of counting.
CROSSING = "M-1,-0.6L-0.6,-1L0,-0.4L0.6,-1L1,-0.6L0.4,0L1,0.6L0.6,1L0,0.4L-0.6,1L-1,0.6L-0.4,0Z"
HOURGLASS = "M-0.8,-1L0.8,-1L0.15,0L0.8,1L-0.8,1L-0.15,0Z"
# A line with a gap: Vega's own ``stroke`` has no inside, and a filled mark would not show it.
BROKEN_LINE = "M-1,-0.15L-0.25,-0.15L-0.25,0.15L-1,0.15ZM0.25,-0.15L1,-0.15L1,0.15L0.25,0.15Z"


@dataclass(frozen=True)
class Role:
    """The sign of one kind of series.

    Attributes
    ----------
    colour : hex, at least 3:1 on every background above.
    dash : lengths of stroke and gap in pixels; empty for a solid line.
    shape : a Vega symbol name or an SVG path.
    label_msgid : what the legend says, for `planbook.vocabulary.catalogue.text`.
    """

    colour: str
    dash: tuple[int, ...]
    shape: str
    label_msgid: str

    @property
    def label(self) -> str:
        """The legend's word in the current language."""
        return text(self.label_msgid)


ROLES: dict[str, Role] = {
    # Population over time.
    "observed": Role("#3460FB", SOLID, "circle", plain("実績（国勢調査）")),
    "register": Role("#2698CC", (2, 2), "square", plain("実績（住民基本台帳）")),
    "ipss_2023": Role("#E0472B", (8, 3), "diamond", plain("社人研推計（令和5年推計）")),
    "ipss_2018": Role("#BF8200", (8, 3, 2, 3), "triangle-up", plain("社人研推計（平成30年推計）")),
    "ipss_2013": Role("#779954", (2, 3, 8, 3), "wedge", plain("社人研推計（平成25年3月推計）")),
    "ipss_2008": Role("#966E5E", (3, 4), "triangle-down", plain("社人研推計（平成20年12月推計）")),
    "target": Role("#BC45A6", (12, 3), STAR, plain("計画の目標")),
    "crossing": Role("#E83888", (1, 2), CROSSING, plain("推計が目標を下回る時点")),
    "bridged": Role("#8050D8", (6, 2, 2, 2), HOURGLASS, plain("接続値（住民基本台帳から）")),
    "stated": Role("#8B75E7", (5, 2, 1, 2), "cross", plain("計画に記載の見通し")),
    "pace": Role("#247E2A", (1, 3), "triangle-right", plain("目標に必要な歩み")),
    "band": Role("#6B9499", (4, 4), "stroke", plain("幅")),
    "base": Role("#767C86", (4, 2), "triangle-left", plain("基準")),
    # Scenarios of a population vision. パターン1 has the sign of the projection that it meets.
    "pattern_1": Role("#E0472B", (8, 3), "diamond", plain("パターン1")),
    "simulation_1": Role("#0F8F8C", SOLID, "circle", plain("シミュレーション1")),
    "simulation_2": Role("#3460FB", (2, 2), "square", plain("シミュレーション2")),
    "closed": Role("#767C86", (8, 3, 2, 3), "triangle-up", plain("封鎖人口")),
    # Five years that were not ordinary, and パターン1, which keeps its sign where it is a point.
    "seen_disturbed": Role("#906070", (3, 4), "triangle-down", plain("過去（災害などの影響がある5年）")),
    "usual": Role("#E0472B", (8, 3), "diamond", plain("推計の仮定（パターン1）")),
    # Parts of a population. Neither sex takes the customary pink or blue.
    "female": Role("#9C4FD0", SOLID, "circle", plain("女")),
    "male": Role("#2E9B57", (6, 3), "square", plain("男")),
    "young": Role("#2E9B57", (2, 2), "triangle-up", plain("年少人口（0〜14歳）")),
    "working": Role("#3D7DE8", SOLID, "circle", plain("生産年齢人口（15〜64歳）")),
    "old": Role("#C4660A", (8, 3), "diamond", plain("老年人口（65歳以上）")),
    "natural": Role("#0F8F8C", SOLID, "circle", plain("自然増減")),
    "social": Role("#C2580F", (6, 3), "diamond", plain("社会増減")),
    # Municipalities under similar conditions; among them each keeps the sign of its own series.
    "peer_range": Role("#767C86", (4, 3), BROKEN_LINE, plain("似た市区町村の最小から最大")),
    "peer_half": Role("#477857", (2, 2), "square", plain("似た市区町村の中ほどの半分")),
    # Themes of goals.
    "G1": Role("#3460FB", SOLID, "circle", plain("しごと")),
    "G2": Role("#049A9C", (8, 3), "triangle-right", plain("ひとの流れ")),
    "G3": Role("#E0286E", (2, 2), "diamond", plain("結婚・出産・子育て")),
    "G4": Role("#477857", (8, 3, 2, 3), "square", plain("まち・くらし")),
    "X1": Role("#DA6444", (12, 3), "cross", plain("多様な人材の活躍")),
    "X2": Role("#8E4DC1", (1, 3), STAR, plain("新しい時代の流れ")),
    "P": Role("#A98003", (5, 2, 1, 2), "triangle-up", plain("人口")),
    "A": Role("#A75C1C", (3, 4), "triangle-down", plain("行財政")),
    "N": Role("#7F868F", (4, 2), "stroke", plain("該当なし")),
}

# Roles that may meet in one chart and so must differ in colour, dash and marker.
GROUPS: dict[str, tuple[str, ...]] = {
    "trend": (
        "observed",
        "register",
        "ipss_2023",
        "ipss_2018",
        "ipss_2013",
        "ipss_2008",
        "target",
        "crossing",
        "bridged",
        "stated",
        "pace",
        "band",
        "base",
    ),
    "scenarios": ("pattern_1", "simulation_1", "simulation_2", "closed", "target"),
    "frontier": ("observed", "seen_disturbed", "usual", "target", "stated"),
    "sex": ("female", "male"),
    "age": ("young", "working", "old"),
    "movement": ("natural", "social"),
    "peers": ("peer_range", "peer_half", "observed", "ipss_2023"),
    "themes": ("G1", "G2", "G3", "G4", "X1", "X2", "P", "A", "N"),
}


def theme_sign(theme: str) -> Role:
    """Return the sign of a theme of goals; one that themes.csv adds has the neutral sign and its own label."""
    return ROLES[theme if theme in GROUPS["themes"] else "N"]


@dataclass(frozen=True)
class RoleScales:
    """The three scales that tell the series of one chart apart, all over the same labels."""

    colour: alt.Scale
    dash: alt.Scale
    shape: alt.Scale


def role_scales(names: Sequence[str], labels: Sequence[str] | None = None) -> RoleScales:
    """Return the scales of a chart whose series are the roles `names`, in legend order.

    Parameters
    ----------
    names : keys of `ROLES`.
    labels : what the data column says of each; without it the roles' own labels.

    Raises
    ------
    ParameterError : a name is no role; the message lists those that are.
    """
    unknown = [name for name in names if name not in ROLES]
    if unknown:
        known = message("役割：{names}", names=", ".join(ROLES))
        raise ParameterError(
            Problem(message("図の系列の役割が不明です。"), found=", ".join(unknown), allowed=known)
        )
    roles = [ROLES[name] for name in names]
    labels = list(labels or (role.label for role in roles))
    return RoleScales(
        colour=alt.Scale(domain=labels, range=[role.colour for role in roles]),
        # Vega reads [1, 0] as a solid line; an empty pattern in a range is an error.
        dash=alt.Scale(domain=labels, range=[list(role.dash) or [1, 0] for role in roles]),
        shape=alt.Scale(domain=labels, range=[role.shape for role in roles]),
    )


def text_on(colour: str) -> str:
    """Return black or white, whichever is read better on `colour`; one of them always has 4.5:1 or more."""
    return max("#000000", "#ffffff", key=lambda ink: _contrast(ink, colour))


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG 2.2, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def enable_theme() -> None:
    """Make the book's theme the one that every chart of this process is written with; safe to repeat."""
    alt.theme.enable(THEME_NAME)


def fix_colours(spec: dict[str, Any]) -> dict[str, Any]:
    """Return `spec` with every CSS variable replaced by its light value, for a picture outside the book."""
    words = json.dumps(spec, ensure_ascii=False)
    while (fixed := _VARIABLE.sub(r"\1", words)) != words:
        words = fixed
    return json.loads(words)


def _guides() -> dict[str, Any]:
    """Axes, legend and headers: text by variable, the unit of the y axis upright above it."""
    words = {"labelColor": TEXT_COLOUR, "titleColor": TEXT_COLOUR}
    sizes = {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}
    lines = {"domainColor": MUTED_COLOUR, "tickColor": MUTED_COLOUR, "gridColor": GRID_COLOUR}
    return {
        "axis": {
            **words,
            **sizes,
            **lines,
            "labelPadding": 4,
            "titlePadding": 8,
            "labelOverlap": "parity",
            "labelSeparation": 8,
        },
        "axisX": {"grid": False, "labelAngle": 0},
        # Japanese tables and charts state the unit above the axis; turned text is hard to read.
        "axisYQuantitative": {
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "end",
            "titleBaseline": "bottom",
            "titleX": -34,
            "titleY": -10,
            "domain": False,
            "ticks": False,
        },
        "legend": {
            **words,
            **sizes,
            "orient": "top",
            "direction": "horizontal",
            "labelLimit": 260,
            "symbolSize": 90,
            "columnPadding": 16,
            "rowPadding": 6,
            "offset": 30,
        },
        "header": {**words, **sizes},
    }


def _theme() -> dict[str, Any]:
    title = {"color": TEXT_COLOUR, "subtitleColor": MUTED_COLOUR}
    config = {
        **_guides(),
        "background": "transparent",
        # The figure's own text alternative is read, not Vega's English names of marks and axes.
        "aria": False,
        "font": FONTS,  # of every text in the chart
        "numberFormat": ",.12~g",
        "view": {"stroke": None, "continuousWidth": 640, "continuousHeight": DEFAULT_HEIGHT},
        "title": {**title, "anchor": "start", "fontSize": 14, "subtitleFontSize": 12},
        "text": {"color": TEXT_COLOUR, "fontSize": 12},
        "mark": {"color": ROLES["observed"].colour, "tooltip": True},
        "line": {"strokeWidth": 2.5, "strokeCap": "butt"},
        "point": {"filled": True, "size": 60, "opacity": 1},
        "rule": {"color": MUTED_COLOUR},
        "range": {"category": [ROLES[name].colour for name in GROUPS["themes"]]},
    }
    return {"width": "container", "height": DEFAULT_HEIGHT, "config": config}


alt.theme.register(THEME_NAME, enable=False)(_theme)
