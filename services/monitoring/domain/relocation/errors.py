"""What is refused in the follow-up of relocated households."""

from shared.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError


class SiteNotFoundError(NotFoundError):
    code = "site_not_found"
    zh = "没有找到这个安置点"
    en = "There is no such resettlement site"


class SiteNameTakenError(ConflictError):
    """Raised when a site of this village has the name already."""

    code = "site_name_taken"
    zh = "该村已有同名安置点"
    en = "The village has a site of this name already"


class SitesRegisteredError(ConflictError):
    """Raised when invented sites are loaded beside real ones."""

    code = "sites_registered"
    zh = "安置点名册已有记录，不再载入示例安置点"
    en = "There are sites on record; invented ones are not added to them"


class NotRelocatedError(ConflictError):
    """Raised when something of relocation is recorded of a household that was not relocated."""

    code = "household_not_relocated"
    zh = "该户不是易地搬迁户"
    en = "The household was not relocated"


class DutyTwiceError(InvalidInputError):
    """Raised when a list gives one duty to two."""

    code = "site_duty_twice"
    zh = "同一管理事项只能列一个责任方，请核对责任清单"
    en = "A duty has one who answers for it; the list names two"


class FloorAreaError(InvalidInputError):
    code = "floor_area_missing"
    zh = "请填写现住房面积（平方米，大于0）"
    en = "The floor area is given in square metres, above 0"


class NotEnoughAskedError(InvalidInputError):
    """Raised when more are willing than were asked, or more were asked than there are."""

    code = "survey_numbers"
    zh = "摸底人数不能超过劳动力人数，有意愿人数不能超过摸底人数"
    en = "No more can be willing than were asked, and no more asked than there are"


class NotToBeSettledError(InvalidInputError):
    """Raised when some of the households were not relocated, or are not on record; none is linked then."""

    code = "households_not_to_be_settled"
    zh = "有 {count} 户不是易地搬迁户，或户编号不存在，未作登记"
    en = "{count} households were not relocated, or are not on record; none was linked"


class SettledElsewhereError(ForbiddenError):
    """Raised when a town would take households of another town from the site where they live."""

    code = "households_settled_elsewhere"
    zh = "有 {count} 户属于其他乡镇并已登记在其他安置点，由县级或县发改局办理，未作登记"
    en = "{count} households are another town's and live at another site; the county moves them"
