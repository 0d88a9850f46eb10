from typing import Any

import pytest

from services.monitoring.domain.environment.public_toilet import PublicToilet
from services.monitoring.domain.environment.toilet_problem import ToiletProblem
from services.monitoring.domain.housing.alert import AlertStep, HouseAlert
from services.monitoring.domain.housing.rebuild import Rebuild
from services.monitoring.domain.water.problem import WaterProblem
from services.monitoring.domain.water.quality_test import QualityStep, WaterTest
from services.monitoring.entrypoints.web.app import _HERE
from shared.web.access import load_permissions

NAMES: dict[Any, dict[Any, str]] = {
    HouseAlert: {
        AlertStep.GRADE_A: "house.appraise",
        AlertStep.GRADE_B: "house.appraise",
        AlertStep.GRADE_C: "house.appraise",
        AlertStep.GRADE_D: "house.appraise",
        AlertStep.EVACUATE: "house.evacuate",
        AlertStep.MAKE_SAFE: "house.make_safe",
        AlertStep.LOOK: "house.look",
    },
    Rebuild: {step: f"rebuild.{step}" for step in Rebuild.STEPS},
    WaterProblem: {step: f"water_problem.{step}" for step in WaterProblem.STEPS},
    WaterTest: {
        QualityStep.FIX: "water_test.fix",
        QualityStep.RETEST_PASSED: "water_test.record",
        QualityStep.RETEST_FAILED: "water_test.record",
    },
    ToiletProblem: {step: f"toilet_problem.{step}" for step in ToiletProblem.STEPS},
    PublicToilet: {step: f"public_toilet.{step}" for step in PublicToilet.STEPS},
}


@pytest.mark.parametrize("kind", NAMES)
def test_roles_of_the_steps_are_the_permissions(kind):
    """Who may take a step by the domain's table is who the site lets."""
    permissions = load_permissions("monitoring", _HERE / "permissions.yaml")
    for step, name in NAMES[kind].items():
        assert set(kind.STEPS[step].roles) == set(permissions[name].roles), name
