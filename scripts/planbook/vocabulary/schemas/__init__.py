"""What every file of the data folder may contain: one pydantic model per YAML file and per table row.

The models are the single declaration: the readers validate with them, the data dictionary of the
book is printed from them, and ``planbook new`` writes empty files from them.
"""

from planbook.vocabulary.schemas.municipality import (
    AgeSexRow,
    FertilityRow,
    MunicipalityFile,
    PopulationRow,
    ProjectionRow,
    VitalRow,
)
from planbook.vocabulary.schemas.plan_file import PlanFile
from planbook.vocabulary.schemas.plan_tables import (
    ClaimRow,
    EvaluationRow,
    GoalRow,
    GoalThemeRow,
    KpiRow,
    KpiValueRow,
)
from planbook.vocabulary.schemas.reference import (
    EditionRow,
    KindRow,
    LevelRow,
    LicenceRow,
    MunicipalityNameRow,
    OfficialSourceRow,
    PrefectureRow,
    ThemeRow,
)

PLAN_TABLES = {
    "goals": GoalRow,
    "goal_themes": GoalThemeRow,
    "kpis": KpiRow,
    "kpi_values": KpiValueRow,
    "evaluations": EvaluationRow,
    "claims": ClaimRow,
}
MUNICIPALITY_TABLES = {
    "population": PopulationRow,
    "age_sex": AgeSexRow,
    "vital": VitalRow,
    "fertility": FertilityRow,
    "projections": ProjectionRow,
}
REFERENCE_TABLES = {
    "kinds": KindRow,
    "levels": LevelRow,
    "themes": ThemeRow,
    "editions": EditionRow,
    "sources": OfficialSourceRow,
    "licences": LicenceRow,
    "prefectures": PrefectureRow,
    "municipalities": MunicipalityNameRow,
}

__all__ = [
    "MUNICIPALITY_TABLES",
    "PLAN_TABLES",
    "REFERENCE_TABLES",
    "AgeSexRow",
    "ClaimRow",
    "EditionRow",
    "EvaluationRow",
    "FertilityRow",
    "GoalRow",
    "GoalThemeRow",
    "KindRow",
    "KpiRow",
    "KpiValueRow",
    "LevelRow",
    "LicenceRow",
    "MunicipalityFile",
    "MunicipalityNameRow",
    "OfficialSourceRow",
    "PlanFile",
    "PopulationRow",
    "PrefectureRow",
    "ProjectionRow",
    "ThemeRow",
    "VitalRow",
]
