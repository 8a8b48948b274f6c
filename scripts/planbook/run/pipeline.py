"""``planbook build`` from beginning to end: check, run what is stale, make the book, swap it in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from planbook.run.book import Book, make_book
from planbook.run.failure import PageFailure
from planbook.run.faults import machine_faults
from planbook.run.headings import PlanHeading, read_headings
from planbook.run.jobs import EDITIONS, Job, list_jobs
from planbook.run.lock import hold_build
from planbook.run.places import Places
from planbook.run.runner import RunListener, RunOptions, run_jobs
from planbook.run.worker import failure_of_problems
from planbook.run.workshop import PageState, Workshop
from planbook.vocabulary.errors import InputError, Problem, message
from planbook.vocabulary.selection import EVERY_PLAN, select_plans


@dataclass(frozen=True)
class BuildReport:
    """How a build went.

    Parameters
    ----------
    states : every page as it stands now.
    problems : what is wrong with the data.
    removed : addresses of pages whose plan or notebook is gone.
    book : the book, None when pages failed and the user wanted to stop there.
    """

    states: Sequence[PageState]
    problems: Sequence[Problem]
    removed: Sequence[str] = ()
    book: Book | None = None

    @property
    def failed(self) -> list[PageState]:
        """The pages that failed."""
        return [state for state in self.states if state.state == "failed"]


@dataclass(frozen=True)
class Listener:
    """Who is told what while a build goes on.

    Parameters
    ----------
    problems : the data's problems, before anything runs.
    run : who is told of the pages.
    book : called when the making of the book begins.
    """

    problems: Callable[[Sequence[Problem]], None]
    run: RunListener
    book: Callable[[], None]


@dataclass(frozen=True)
class BuildOptions:
    """What is built, and how.

    Parameters
    ----------
    selection : which plans.
    run : how pages are run.
    """

    selection: str = EVERY_PLAN
    run: RunOptions = field(default_factory=RunOptions)


def build(places: Places, options: BuildOptions, listener: Listener) -> BuildReport:
    """Build the book.

    Raises
    ------
    ParameterError : the selection matches no plan.
    InputError : a table that every plan needs is broken; the last book stays.
    BookError : Jupyter Book failed; the pages are kept and the last book stays.
    MachineError : disk, rights, or another build in this folder.
    """
    from planbook.load.contract import check_data  # noqa: PLC0415 - slow to import
    from planbook.presentation.chapter_parts import PARTS  # noqa: PLC0415

    workshop = Workshop(places)
    plan_ids = workshop.root.plan_ids()
    # An empty data folder still makes a book, which says that there is no plan yet.
    chosen = select_plans(options.selection, plan_ids)
    with hold_build(places.build), machine_faults():
        problems = check_data(workshop.root)
        _require_shared_tables(problems)
        listener.problems(problems)
        headings = read_headings(workshop.root, plan_ids)
        removed = workshop.store.sweep(list_jobs(places.notebooks, headings, options.selection))
        headings = [heading for heading in headings if heading.plan_id in chosen]
        jobs = list_jobs(places.notebooks, headings, options.selection)
        refused = refuse_broken(problems, chosen)
        states = run_jobs(workshop, jobs, options.run, listener.run, refused)
        report = BuildReport(states, problems, removed)
        if options.run.fail_fast and report.failed:
            return report
        listener.book()
        book = make_book(workshop, states, headings, PARTS, options.run.force)
        workshop.hashes.save()
    return BuildReport(states, problems, removed, book)


def _require_shared_tables(problems: Sequence[Problem]) -> None:
    """Refuse to go on with a broken list of reference/: every page would fail and replace a good book."""
    shared = [problem for problem in problems if problem.file.startswith("reference/")]
    if shared:
        kept = Problem(
            message(
                "すべての計画が使う表に誤りがあるため、本を作り直しませんでした。前の本はそのまま残っています"
            ),
            "reference/",
            remedy=message("上に挙げた表を直してから、もう一度実行してください"),
        )
        raise InputError([*shared, kept])


def refuse_broken(problems: Iterable[Problem], plan_ids: Sequence[str]) -> dict[str, PageFailure]:
    """Return, by plan id, why the pages of a plan with broken data are not run."""
    broken: dict[str, list[Problem]] = {}
    for problem in problems:
        for plan_id in _touched(problem, plan_ids):
            broken.setdefault(plan_id, []).append(problem)
    return {plan: failure_of_problems(found, EDITIONS[0]) for plan, found in broken.items()}


def _touched(problem: Problem, plan_ids: Sequence[str]) -> Sequence[str]:
    """Return the plans that a broken file keeps from being analysed."""
    top, _, rest = problem.file.partition("/")
    folder = rest.partition("/")[0]
    if top == "plans":
        return [plan for plan in plan_ids if plan == folder]
    if top == "municipalities":
        return [plan for plan in plan_ids if plan[:5] == folder[:5]]
    # A broken list of the reference tables concerns every plan.
    return plan_ids


def find_jobs(places: Places, selection: str = EVERY_PLAN) -> tuple[Workshop, list[Job]]:
    """Return a workshop and the pages that a build of this selection would make."""
    workshop = Workshop(places)
    chosen = select_plans(selection, workshop.root.plan_ids())
    headings: list[PlanHeading] = read_headings(workshop.root, chosen)
    return workshop, list_jobs(places.notebooks, headings, selection)


def run_pages(
    places: Places, jobs: Sequence[Job], options: RunOptions, listener: RunListener, trial: bool = False
) -> tuple[Workshop, list[PageState]]:
    """Run some pages without making the book.

    Parameters
    ----------
    places : the folders.
    jobs : the pages.
    options : how they are run.
    listener : is told how it goes.
    trial : whether the jobs have parameters of the user's own; their pages are kept beside the book's.
    """
    workshop = Workshop(places, trial=trial)
    with hold_build(places.build), machine_faults():
        return workshop, run_jobs(workshop, jobs, options, listener)
