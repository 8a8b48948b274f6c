"""What every file of the data folder may contain: one pydantic model per YAML file and per table row.

The models are the single declaration: the readers validate with them, the data dictionary of the
book is printed from them, and ``planbook new`` writes empty files from them.
"""

from planbook.vocabulary.schemas.backtest import BandCoverageRow, ErrorBandRow, OutlierRow
from planbook.vocabulary.schemas.kpi_reference import EvaluationLabelRow, OnTrackRow, StatisticRow
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
    KpiEvidenceRow,
    KpiJudgementRow,
    KpiRow,
    KpiValueRow,
    ReplyRow,
)
from planbook.vocabulary.schemas.rates import (
    EditionAssumptionRow,
    FitErrorRow,
    HouseholdTypeRow,
    InfluenceClassRow,
    LifeExpectancyRow,
    LifeTableRow,
    MortalityPathRow,
    NationalFertilityRow,
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
    "kpi_judgements": KpiJudgementRow,
    "kpi_evidence": KpiEvidenceRow,
    "evaluations": EvaluationRow,
    "claims": ClaimRow,
    "replies": ReplyRow,
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
    "life_table": LifeTableRow,
    "life_expectancy": LifeExpectancyRow,
    "mortality_path": MortalityPathRow,
    "national_fertility": NationalFertilityRow,
    "edition_assumptions": EditionAssumptionRow,
    "fit_errors": FitErrorRow,
    "influence_classes": InfluenceClassRow,
    "household_types": HouseholdTypeRow,
    "error_bands": ErrorBandRow,
    "band_coverage": BandCoverageRow,
    "outlier_municipalities": OutlierRow,
    "statistics": StatisticRow,
    "on_track_rules": OnTrackRow,
    "evaluation_labels": EvaluationLabelRow,
}

__all__ = [
    "MUNICIPALITY_TABLES",
    "PLAN_TABLES",
    "REFERENCE_TABLES",
    "AgeSexRow",
    "BandCoverageRow",
    "ClaimRow",
    "EditionAssumptionRow",
    "EditionRow",
    "ErrorBandRow",
    "EvaluationLabelRow",
    "EvaluationRow",
    "FertilityRow",
    "FitErrorRow",
    "GoalRow",
    "GoalThemeRow",
    "HouseholdTypeRow",
    "InfluenceClassRow",
    "KindRow",
    "KpiEvidenceRow",
    "KpiJudgementRow",
    "KpiRow",
    "KpiValueRow",
    "LevelRow",
    "LicenceRow",
    "LifeExpectancyRow",
    "LifeTableRow",
    "MortalityPathRow",
    "MunicipalityFile",
    "MunicipalityNameRow",
    "NationalFertilityRow",
    "OfficialSourceRow",
    "OnTrackRow",
    "OutlierRow",
    "PlanFile",
    "PopulationRow",
    "PrefectureRow",
    "ProjectionRow",
    "ReplyRow",
    "StatisticRow",
    "ThemeRow",
    "VitalRow",
]
