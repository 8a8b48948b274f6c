"""Jobs: which notebook is run with which parameters, in which language, for which address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from planbook.run.headings import PlanHeading
from planbook.run.pages import COMPARISON_PAGES, PLAN_PAGES, PageKind
from planbook.vocabulary.catalogue import in_language, text
from planbook.vocabulary.errors import ParameterError, Problem, message
from planbook.vocabulary.selection import EVERY_PLAN, normalise_selection

#: The editions that a build makes; the first one stands at the root of the book.
EDITIONS = ("ja",)


@dataclass(frozen=True)
class Job:
    """One page to be made.

    Parameters
    ----------
    page : the page's name in `planbook.run.pages.PAGES`.
    notebook : the notebook file.
    parameters : what is passed to it.
    language : the language that it is run in.
    address : where it stands in its edition, without suffix: ``07/07210-strategy-2/population``.
    title : the page's title in that language.
    heading : what stands before the page's own heading: the plan's title, or nothing.
    plan_id : the plan, or None for a comparison.
    """

    page: str
    notebook: Path
    parameters: Mapping[str, object]
    language: str
    address: str
    title: str
    heading: str = ""
    plan_id: str | None = None
    changed: Mapping[str, object] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The address in the whole book, its language first unless it is the first edition."""
        return self.address if self.language == EDITIONS[0] else f"{self.language}/{self.address}"

    @property
    def name(self) -> str:
        """The last part of the address, which names the file."""
        return self.address.rpartition("/")[2]

    @property
    def command(self) -> str:
        """The command that makes this page again."""
        if self.plan_id:
            words = ["planbook run", self.plan_id, "--page", self.page]
        else:
            words = ["planbook run", self.page]
        return " ".join(words + [f"-p {_quoted(f'{name}={value}')}" for name, value in self.changed.items()])

    def with_parameters(self, values: Mapping[str, object]) -> Job:
        """Return this job with other values for some parameters."""
        return replace(self, parameters={**self.parameters, **values}, changed={**self.changed, **values})


def _quoted(word: str) -> str:
    # Double quotes are understood by cmd.exe, PowerShell and the shells of the other systems.
    return f'"{word}"' if any(sign in word for sign in " *?$&|<>()[]{};'") else word


def list_jobs(
    notebooks: Path,
    headings: Iterable[PlanHeading],
    selection: str = EVERY_PLAN,
    languages: Sequence[str] = EDITIONS,
) -> list[Job]:
    """List the pages of the plans, then the comparison pages, edition by edition.

    Parameters
    ----------
    notebooks : the folder of the notebooks.
    headings : the plans that are in the book.
    selection : the expression that selected them; it is the parameter of the comparison pages.
    languages : the editions.
    """
    headings = list(headings)
    jobs = []
    for language in languages:
        with in_language(language):
            for heading in headings:
                jobs += [_plan_job(notebooks, heading, page, language) for page in PLAN_PAGES]
            jobs += [_comparison_job(notebooks, page, selection, language) for page in COMPARISON_PAGES]
    return jobs


def _plan_job(notebooks: Path, heading: PlanHeading, page: PageKind, language: str) -> Job:
    own = heading.notebooks.get(page.name)
    return Job(
        page=page.name,
        notebook=notebooks / f"{(own or page.notebook).removesuffix('.ipynb')}.ipynb",
        parameters={"plan_id": heading.plan_id},
        language=language,
        address=f"{heading.prefecture_code}/{heading.plan_id}/{page.name}",
        title=text(page.title),
        heading=heading.title[language],
        plan_id=heading.plan_id,
    )


def _comparison_job(notebooks: Path, page: PageKind, selection: str, language: str) -> Job:
    selection = normalise_selection(selection)
    return Job(
        page=page.name,
        notebook=notebooks / f"{page.notebook}.ipynb",
        parameters={"plans": selection},
        language=language,
        address=page.name,
        title=text(page.title),
        changed={} if selection == EVERY_PLAN else {"plans": selection},
    )


def require_notebook(job: Job) -> None:
    """Raise `ParameterError` when a job's notebook does not exist, naming those that do."""
    if job.notebook.is_file():
        return
    there = sorted(path.stem for path in job.notebook.parent.glob("*.ipynb"))
    raise ParameterError(
        Problem(
            message("ノートブックがありません"),
            file=f"notebooks/{job.notebook.name}",
            allowed=message("{known}", known="、".join(there) or "—"),
            remedy=message(
                "名前を確かめてください。計画だけのノートブックは plan.yml の pages に名前を書きます"
            ),
        )
    )
