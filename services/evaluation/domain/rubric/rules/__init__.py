"""All rule types, by the name they have in a rubric file."""

from collections.abc import Mapping

from services.evaluation.domain.rubric.rules.accumulation import Accumulation, Formula, SignedBase
from services.evaluation.domain.rubric.rules.cohort import (
    LeaderRatio,
    MeanScore,
    MinMax,
    RankDecrement,
    RankTable,
    RelativeToMean,
)
from services.evaluation.domain.rubric.rules.composed import Checklist, ChooseOne, When
from services.evaluation.domain.rubric.rules.dated import Checkpoint, Deadline, Lagged
from services.evaluation.domain.rubric.rules.judgement import Judged, Sampled
from services.evaluation.domain.rubric.rules.occurrence import Frequency, PerOccurrence
from services.evaluation.domain.rubric.rules.pipeline import (
    MinMaxStep,
    Pipeline,
    RankPoints,
    Scale,
    WeighDimensions,
    WeighPeriods,
)
from services.evaluation.domain.rubric.rules.rule import RuleType
from services.evaluation.domain.rubric.rules.slope import Inverse, LinearBand, OverUnder, Symmetric
from services.evaluation.domain.rubric.rules.table import Bands, Qualitative, Tiers
from services.evaluation.domain.rubric.rules.target import AllOrNothing, Coefficient, Proportional, Stepped

RULES: Mapping[str, RuleType] = {
    rule.type: rule
    for rule in (
        AllOrNothing,
        Proportional,
        Coefficient,
        Stepped,
        PerOccurrence,
        Tiers,
        LinearBand,
        Bands,
        OverUnder,
        Symmetric,
        Accumulation,
        Deadline,
        Frequency,
        Checklist,
        ChooseOne,
        Checkpoint,
        Qualitative,
        Inverse,
        SignedBase,
        Lagged,
        Sampled,
        Judged,
        RankTable,
        RankDecrement,
        LeaderRatio,
        MinMax,
        RelativeToMean,
        MeanScore,
        Pipeline,
        When,
        Formula,
    )
}
"""Type in the file → dataclass. Its fields are the parameters, under the same names."""

STEPS: Mapping[str, RuleType] = {
    step.type: step for step in (MinMaxStep, WeighDimensions, WeighPeriods, RankPoints, Scale)
}
"""The same for the steps of a pipeline."""
