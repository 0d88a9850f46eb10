"""Who may come in, and where the four sites lie under one address."""

from deploy.hosting import OFFICES
from services.employment.settings import Settings
from shared.web.entrance import gate_of
from shared.web.i18n import Words
from shared.web.site import Gate, SiteLink

COUNTY_SITE = "county"

SITES = (
    SiteLink(COUNTY_SITE, Words("首页", "Start"), ""),
    SiteLink("monitoring", Words("防返贫监测", "Monitoring"), "/monitoring"),
    SiteLink("employment", Words("就业帮扶", "Employment"), "/employment", OFFICES),
    SiteLink("finance", Words("金融帮扶", "Finance"), "/finance", OFFICES),
    SiteLink("evaluation", Words("考核评估", "Evaluation"), "/evaluation", OFFICES),
)


def open_gate(settings: Settings) -> Gate:
    """Return the gate of the embedded county; any of its services names its accounts and signing key."""
    return gate_of(settings, SITES)
