"""Where things are: the checkout, the data, the notebooks, the chapters and the build folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planbook.run.faults import MachineError
from planbook.vocabulary.errors import Problem, message

#: the checkout that the editable install points to
REPOSITORY = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Places:
    """The folders of one build; none of these paths is ever published.

    Parameters
    ----------
    root : the checkout, which holds requirements.lock and _config.yml.
    data : municipalities/, plans/, reference/.
    notebooks : the notebooks, outputs stripped.
    book : the authored chapters and the theme's files.
    build : everything generated.
    """

    root: Path
    data: Path
    notebooks: Path
    book: Path
    build: Path

    @property
    def lock(self) -> Path:
        """The pinned versions."""
        return self.root / "requirements.lock"

    @property
    def config(self) -> Path:
        """The settings of Jupyter Book."""
        return self.root / "_config.yml"

    @property
    def pages(self) -> Path:
        """Executed pages and their records."""
        return self.build / "pages"

    @property
    def trials(self) -> Path:
        """Pages that were run with parameters of the user's own; never part of the book."""
        return self.build / "trials"

    @property
    def stage(self) -> Path:
        """What Jupyter Book reads."""
        return self.build / "stage"

    @property
    def work(self) -> Path:
        """What Jupyter Book writes."""
        return self.build / "work"

    @property
    def cache(self) -> Path:
        """What may be deleted at any time."""
        return self.build / "cache"

    @property
    def site(self) -> Path:
        """The finished book."""
        return self.build / "book"


def find_places(data: Path | None = None, build: Path | None = None, root: Path | None = None) -> Places:
    """Find the folders of a build.

    Parameters
    ----------
    data : the data folder; else the environment variable, else ``data/`` of the checkout.
    build : the build folder; else ``build/`` of the checkout.
    root : the checkout; else the one that the package is installed from.
    """
    from planbook.load.roots import find_data_root  # noqa: PLC0415 - reading needs pydantic, naming does not

    root = root or REPOSITORY
    if not (root / "notebooks").is_dir():
        raise MachineError(
            Problem(
                message("notebooks フォルダーがありません"),
                file=str(root),
                allowed=message("planbook のリポジトリーの中からの実行"),
                remedy=message("リポジトリーで python3 scripts/build.py を一度実行してください"),
            )
        )
    return Places(
        root=root,
        data=find_data_root(data).path,
        notebooks=root / "notebooks",
        book=root / "book",
        build=(build or root / "build").resolve(),
    )
