"""Where the data is, and which files a page depends on."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from planbook.vocabulary.errors import InputError, Problem, message
from planbook.vocabulary.plan_ids import looks_like_plan_id

DATA_VARIABLE = "PLANBOOK_DATA"
REPOSITORY = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class DataRoot:
    """A data folder: ``municipalities/``, ``plans/`` and ``reference/``."""

    path: Path

    @property
    def reference_folder(self) -> Path:
        """The folder of the short lists."""
        return self.path / "reference"

    def shown(self, file: Path) -> str:
        """Return the path of `file` as messages show it: relative to the data root, with slashes."""
        try:
            return file.relative_to(self.path).as_posix()
        except ValueError:
            return file.name

    def plan_ids(self) -> list[str]:
        """List the plans, sorted; folders whose name is no plan id are reported by the check, not here."""
        folder = self.path / "plans"
        if not folder.is_dir():
            return []
        return sorted(p.name for p in folder.iterdir() if p.is_dir() and looks_like_plan_id(p.name))

    def plan_folder(self, plan_id: str) -> Path:
        """Return the folder of a plan; `InputError` naming the plans there are if it does not exist."""
        # One folder is looked at, not all: this is called once a plan, and there may be thousands.
        folder = self.path / "plans" / plan_id
        if not looks_like_plan_id(plan_id) or not folder.is_dir():
            known = self.plan_ids()
            raise InputError(
                Problem(
                    message("計画「{plan}」がありません", plan=plan_id),
                    file="plans/",
                    found=plan_id,
                    allowed=message("{known}", known="、".join(known) or "—"),
                    remedy=message("名前を確かめるか、planbook new で計画のフォルダーを作ってください"),
                )
            )
        return folder

    def municipality_folder(self, code: str) -> Path:
        """Return the folder of the municipality with this 5-digit code."""
        found = self._municipality_folders.get(code, ())
        if len(found) > 1:
            raise InputError(self._repeated(code, found))
        if not found:
            raise InputError(
                Problem(
                    message("団体コード {code} の市区町村フォルダーがありません", code=code),
                    file="municipalities/",
                    found=code,
                    allowed=message("{known}", known="、".join(sorted(self._municipality_folders)) or "—"),
                    remedy=message(
                        "municipalities/{code}-name/ を作り、municipality.yml を置いてください", code=code
                    ),
                )
            )
        return found[0]

    def repeated_municipalities(self) -> list[Problem]:
        """List the codes that more than one folder begins with: which of them holds is nobody's guess."""
        return [
            self._repeated(code, folders)
            for code, folders in self._municipality_folders.items()
            if len(folders) > 1
        ]

    def _repeated(self, code: str, folders: list[Path]) -> Problem:
        return Problem(
            message("同じ団体コード {code} の市区町村フォルダーが二つ以上あります", code=code),
            file="municipalities/",
            found="、".join(folder.name for folder in folders),
            allowed=message("一つの団体コードに一つのフォルダー"),
            remedy=message("使うフォルダーだけを残し、ほかは municipalities の外に移してください"),
        )

    @cached_property
    def _municipality_folders(self) -> dict[str, list[Path]]:
        folder = self.path / "municipalities"
        found: dict[str, list[Path]] = {}
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.is_dir() and not path.name.startswith("."):
                found.setdefault(path.name[:5], []).append(path)
        return found

    def municipality_codes(self) -> list[str]:
        """List the codes that have a folder, sorted."""
        return sorted(self._municipality_folders)

    def inputs_of(self, plan_id: str) -> list[Path]:
        """List every file that a page of this plan may read, sorted."""
        folders = [self.plan_folder(plan_id), self.reference_folder]
        return _files([*folders, *self._municipality_folders.get(plan_id[:5], ())])

    def all_inputs(self) -> list[Path]:
        """List every file of the data root, sorted."""
        return _files([self.path / name for name in ("plans", "municipalities", "reference")])


def _files(folders: list[Path]) -> list[Path]:
    """List data files; what editors leave beside them (~$book.xlsx, .swp) is no input."""
    return sorted(
        path
        for folder in folders
        if folder.is_dir()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith((".", "~"))
    )


def find_data_root(explicit: Path | str | None = None) -> DataRoot:
    """Find the data folder: the option, else the environment variable, else ``data/`` of the repository."""
    chosen = explicit or os.environ.get(DATA_VARIABLE) or REPOSITORY / "data"
    path = Path(chosen).resolve()
    if not path.is_dir():
        raise InputError(
            Problem(
                message("データフォルダーがありません"),
                file=str(chosen),
                allowed=message("municipalities、plans、reference を含むフォルダー"),
                remedy=message("--data か環境変数 {variable} を確かめてください", variable=DATA_VARIABLE),
            )
        )
    return DataRoot(path)
