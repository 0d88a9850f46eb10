"""Draw the month's sample of villages and households."""

from dataclasses import dataclass

from services.evaluation.domain.inspection_sample import InspectionSample, Size
from services.evaluation.domain.supervision import SupervisionPolicy
from services.evaluation.domain.supervision_errors import SampleDrawnError, WithoutWordsError
from services.evaluation.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of
from shared.kernel.ids import derived_id
from shared.kernel.period import Month


@dataclass(frozen=True, slots=True)
class DrawSample:
    """*seed* is said before the draw and published with it, for instance a public lottery's number."""

    seed: str


def draw_sample(command: DrawSample, uow: UnitOfWork, policy: SupervisionPolicy) -> str:
    """Draw this month's sample and return its id; raises SampleDrawnError when it was drawn already."""
    seed = command.seed.strip()
    if not seed:
        raise WithoutWordsError
    with uow:
        today = day_of(uow.clock())
        month = str(Month.of(today))
        if uow.inspection_samples.of_month(month) is not None:
            raise SampleDrawnError(month=month)
        sample = InspectionSample.draw(
            sample_id=derived_id("inspection_sample", month),
            month=month,
            seed=seed,
            on=today,
            pool=uow.inspection_samples.pool(),
            size=Size(
                policy.sample_villages.on(today),
                policy.sample_registered.on(today),
                policy.sample_others.on(today),
            ),
        )
        uow.inspection_samples.add(sample)
        uow.commit()
    return sample.id
