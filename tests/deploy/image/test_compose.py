import re
from pathlib import Path

import pytest
import yaml

from deploy.image.compose import read, seconds
from deploy.image.refusals import ComposeError
from services.evaluation.entrypoints.web.reporting import LARGEST_FILE as LARGEST_EVIDENCE
from services.monitoring.adapters.exchange.workbook_reader import LARGEST_FILE as LARGEST_IMPORT
from shared.web.site import LARGEST_BODY

DEPLOY = Path(__file__).parents[3] / "deploy"
FILE = DEPLOY / "compose.yaml"
COUNTY = read(FILE, {"SHOUXIAN_SECRETS": "/secrets"})
ONCE = sorted(name for name, one in COUNTY.services.items() if not one.restarts)
LASTING = sorted(name for name, one in COUNTY.services.items() if one.restarts)
SITES = ("monitoring", "employment", "finance", "evaluation")


def test_the_whole_county_is_there():
    """Four sites, four workers, their databases' migrations, broker, database, door, and who watches."""
    wanted = {f"{site}-{part}" for site in SITES for part in ("web", "worker", "upgrade")}
    others = {"postgresql", "rabbitmq", "proxy", "prometheus", "grafana", "accounts-upgrade"}
    assert wanted | others <= COUNTY.services.keys()


@pytest.mark.parametrize("name", LASTING)
def test_whoever_stays_is_asked_for_its_health(name):
    """What runs on has a health check."""
    assert COUNTY.services[name].health is not None


@pytest.mark.parametrize("name", sorted(COUNTY.services))
def test_everybody_is_confined(name):
    """Read-only files, no right of root and none to come, and bounds of processor, memory and processes."""
    given = yaml.safe_load(FILE.read_text())["services"][name]
    assert (True, ["ALL"], ["no-new-privileges:true"]) == (
        given["read_only"],
        given["cap_drop"],
        given["security_opt"],
    )
    assert int(given["user"].partition(":")[0]) > 0
    assert {"cpus", "memory", "pids"} == given["deploy"]["resources"]["limits"].keys()


@pytest.mark.parametrize("name", sorted(COUNTY.services))
def test_no_secret_stands_in_the_file(name):
    """Whatever is secret comes as a file; no address with a password, no key as a value."""
    for key, value in COUNTY.services[name].environment.items():
        secret = re.search(r"PASS|SECRET|KEY|_URL|TOKEN", key)
        assert not secret or value.startswith("/run/secrets/"), key


@pytest.mark.parametrize("name", sorted(COUNTY.services))
def test_a_service_sees_the_secrets_it_uses(name):
    """Each file that a setting names is mounted."""
    service = COUNTY.services[name]
    named = {Path(value).name for value in service.environment.values() if value.startswith("/run/secrets/")}
    assert named <= set(service.secrets)


@pytest.mark.parametrize("site", SITES)
def test_nobody_sees_the_secrets_of_another_service(site):
    """Site and worker of one service get no address of another's database or broker user."""
    for part in ("web", "worker", "upgrade"):
        others = {one for one in COUNTY.services[f"{site}-{part}"].secrets if one.startswith(SITES)}
        assert all(one.startswith(f"{site}_") for one in others)


@pytest.mark.parametrize("name", ["monitoring-web", "finance-worker"])
def test_migrations_come_first(name):
    """A site or worker starts on a database that has its tables."""
    upgrade = name.partition("-")[0] + "-upgrade"
    assert "service_completed_successfully" == COUNTY.services[name].depends_on[upgrade]


def test_only_the_door_is_open_to_others():
    """No port but the proxy's can be reached from another machine."""
    open_to = {name: port.address for name, one in COUNTY.services.items() for port in one.ports}
    assert {"proxy": "0.0.0.0", "prometheus": "127.0.0.1", "grafana": "127.0.0.1"} == open_to


def test_the_sites_believe_the_proxy_alone():
    """Who says that a request came over https is the proxy, by its address."""
    proxy = COUNTY.services["proxy"].address
    believed = {
        COUNTY.services[f"{site}-web"].environment[f"{site.upper()}_TRUSTED_PROXIES"] for site in SITES
    }
    assert {proxy} == believed


def test_the_proxy_lets_through_what_the_sites_take():
    """The largest form, import and evidence of the sites fit through the door, and not ten times as much."""
    text = (DEPLOY / "proxy/nginx.conf").read_text()
    limits = [int(one) * 2**20 for one in re.findall(r"client_max_body_size (\d+)m;", text)]
    for limit, largest in zip(limits, (LARGEST_BODY, LARGEST_IMPORT, LARGEST_EVIDENCE), strict=True):
        assert largest < limit < 10 * largest


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"privileged": True}, "unknown privileged"),
        ({"restart": "always"}, "restart is"),
        ({"depends_on": {"nobody": {"condition": "service_healthy"}}}, "no service nobody"),
        ({"secrets": ["nothing"]}, "no secret nothing"),
        ({"volumes": ["nowhere:/x"]}, "no volume nowhere"),
        ({"ports": ["80"]}, "a port is wanted"),
    ],
)
def test_what_would_be_guessed_is_refused(tmp_path, change, reason):
    """A word the starter does not carry out, or a name that is not there, is refused."""
    given = yaml.safe_load(FILE.read_text())
    given["services"]["proxy"].update(change)
    (tmp_path / "compose.yaml").write_text(yaml.safe_dump(given))
    with pytest.raises(ComposeError, match=reason):
        read(tmp_path / "compose.yaml", {"SHOUXIAN_SECRETS": "/secrets"})


def test_a_setting_that_must_be_there_is_asked_for():
    """Without the folder of the secrets nothing starts, and it says what to run."""
    with pytest.raises(ComposeError, match=r"secrets\.sh"):
        read(FILE, {})


@pytest.mark.parametrize(("text", "expected"), [("5s", 5), ("1m30s", 90), ("2m", 120)])
def test_times(text, expected):
    """Times are those of compose."""
    assert expected == seconds(text)
