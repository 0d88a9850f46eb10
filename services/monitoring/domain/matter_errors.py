"""What is refused of matters that have a limit, of grids and of village decisions."""

from shared.kernel.errors import ConflictError, InvalidInputError, NotFoundError


class MatterNotFoundError(NotFoundError):
    """Raised when there is no matter of this kind with the id."""

    code = "matter_not_found"
    zh = "没有找到这个事项"
    en = "There is no such matter"


class MatterClosedError(ConflictError):
    """Raised when a matter is settled a second time."""

    code = "matter_closed"
    zh = "该事项已经办结"
    en = "The matter is settled already"


class MatterOpenError(ConflictError):
    """Raised when the same matter is found again while it is still open."""

    code = "matter_open_already"
    zh = "该户已有同类事项正在办理，请在原事项上登记"
    en = "The household has a matter of this kind under way; use that one"


class WayNotPossibleError(InvalidInputError):
    """Raised when a matter would end in a way its kind does not know."""

    code = "way_not_possible"
    zh = "该事项不能以这种方式办结：{way}"
    en = "The matter cannot end in this way: {way}"


class GridNotFoundError(NotFoundError):
    code = "grid_not_found"
    zh = "没有找到这个网格"
    en = "There is no such grid"


class GridAreaError(InvalidInputError):
    """Raised when a grid's area is not of its level: a town's grid has a town, the others a village."""

    code = "grid_area_mismatch"
    zh = "网格层级与所在区域不符：镇级网格选镇，村级、组级网格选村"
    en = "Level and area do not fit: a grid of a town has a town, those of villages and groups a village"


class GridWithoutHeadError(InvalidInputError):
    """Raised when a grid in use has not exactly one head."""

    code = "grid_without_head"
    zh = "启用的网格应有且只有一名网格长，现有 {heads} 名"
    en = "A grid in use has exactly one head; this one has {heads}"


class GridWorkerTwiceError(InvalidInputError):
    code = "grid_worker_twice"
    zh = "同一人员账号在本网格中重复：{login}"
    en = "The account {login} stands in this grid twice"


class GridTakesNoHouseholdsError(ConflictError):
    """Raised when households are given to a grid of a town, or to one that is not in use."""

    code = "grid_takes_no_households"
    zh = "农户只能分配到启用中的村级或组级网格"
    en = "Households belong to grids of villages and groups that are in use"


class NotOfThisVillageError(InvalidInputError):
    """Raised when some of the households do not live in the grid's village; nothing is assigned then."""

    code = "households_of_another_village"
    zh = "有 {count} 户不在本网格所在村，或户编号不存在，未作分配"
    en = "{count} households are not of the grid's village, or not on record; none was assigned"


class DecisionNotFoundError(NotFoundError):
    code = "decision_not_found"
    zh = "没有找到这项村级决策"
    en = "There is no such village decision"


class DecisionFiledError(ConflictError):
    """Raised when a decision that is filed would change."""

    code = "decision_filed"
    zh = "该决策已经归档，不能再登记"
    en = "The decision is filed and no longer changes"


class DecisionStepDoneError(ConflictError):
    code = "decision_step_done"
    zh = "该步骤已经登记"
    en = "This step is on record already"


class DecisionOrderError(InvalidInputError):
    """Raised when a step's day lies before an earlier step's, or after a later one's."""

    code = "decision_order"
    zh = "“四议两公开”应依次进行，{day} 与已登记的步骤日期矛盾"
    en = "The six steps follow one another; {day} contradicts the days on record"
