"""What the manifests say is what Kubernetes understands, and is complete in itself."""

import re
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from deploy.databases import DATABASES
from deploy.hosting import NAMES
from shared.broker.topology import queue_of
from shared.broker.worker import STOP_SECONDS
from tests.support.kustomize import Object, containers_of, identity

KUBERNETES = Path(__file__).parents[3] / "deploy" / "kubernetes"
VERSIONS = sorted(
    set(kubernetes_validate.utils.all_versions()), key=lambda v: [int(n) for n in v.split(".")]
)[-2:]
KILL_SECONDS = 3
SITE_STOP_SECONDS = 8
MARGIN_SECONDS = 10

ComponentOf = tuple[str, str]


def component_of(labels: Object) -> ComponentOf:
    return labels["app.kubernetes.io/name"], labels["app.kubernetes.io/component"]


def pods(objects: list[Object]) -> dict[ComponentOf, Object]:
    """Return the labels of all pods, by service and component."""
    templates = [one["spec"]["template"] for one in objects if one["kind"] in {"Deployment", "Job"}]
    return {component_of(one["metadata"]["labels"]): one["metadata"]["labels"] for one in templates}


def chosen(selector: Object, objects: list[Object]) -> list[ComponentOf]:
    """Return the pods that *selector* (labels) chooses."""
    return [name for name, labels in pods(objects).items() if selector.items() <= labels.items()]


def of_kind(objects: list[Object], kind: str) -> list[Object]:
    return [one for one in objects if one["kind"] == kind]


@pytest.mark.parametrize("version", VERSIONS)
def test_kubernetes_understands_it(objects: list[Object], version: str) -> None:
    """Each object keeps to the schema of its kind, with no field that the kind does not have."""
    for one in objects:
        kubernetes_validate.validate(one, version, strict=True)


def test_everything_lies_in_one_namespace(objects: list[Object]) -> None:
    """Nothing is put where somebody else's things are."""
    assert [("Namespace", "shouxian")] == [identity(one) for one in objects if one["kind"] == "Namespace"]
    others = {one["metadata"].get("namespace") for one in objects if one["kind"] != "Namespace"}
    assert {"shouxian"} == others


def test_each_service_has_its_processes(objects: list[Object]) -> None:
    """Four sites, four workers, five databases to migrate, one door."""
    expected = {(name, part) for name in NAMES for part in ("web", "worker")}
    expected |= {(name, "migration") for name in DATABASES} | {("proxy", "proxy")}
    assert expected == set(pods(objects))


def test_the_four_services_are_alike() -> None:
    """The files differ in names, sizes and monitoring's keys alone: a change of one is a change of all."""

    def shape(service: str) -> str:
        text = (KUBERNETES / "base" / f"{service}.yaml").read_text(encoding="utf-8").partition("\n")[2]
        text = re.sub(r"memory: \w+", "memory: X", text)
        text = "\n".join(
            line for line in text.splitlines() if not re.search(r"personal.(data|index)", line, re.IGNORECASE)
        )
        return text.replace(service, "NAME").replace(service.upper(), "NAME")

    assert 1 == len({shape(service) for service in NAMES})


def test_selectors_choose_what_they_mean(objects: list[Object]) -> None:
    """Deployments and disruption budgets choose their own pods, one budget each; so do services."""
    for one in of_kind(objects, "Deployment") + of_kind(objects, "PodDisruptionBudget"):
        assert [component_of(one["metadata"]["labels"])] == chosen(
            one["spec"]["selector"]["matchLabels"], objects
        )
    budgets = sorted(identity(one)[1] for one in of_kind(objects, "PodDisruptionBudget"))
    assert sorted(identity(one)[1] for one in of_kind(objects, "Deployment")) == budgets
    for one in of_kind(objects, "Service"):
        assert [component_of(one["metadata"]["labels"])] == chosen(one["spec"]["selector"], objects)


def test_spread_over_nodes(deployments: dict[str, Object]) -> None:
    """Two pods of one kind go to two nodes where there are two."""
    for one in deployments.values():
        (spread,) = one["spec"]["template"]["spec"]["topologySpreadConstraints"]
        assert one["spec"]["selector"] == spread["labelSelector"]


def test_named_ports_are_there(objects: list[Object], deployments: dict[str, Object]) -> None:
    """Probes and services ask at ports that exist; METRICS_PORT is one of them."""
    ports: dict[ComponentOf, dict[str, int]] = {}
    for one in deployments.values():
        (container,) = one["spec"]["template"]["spec"]["containers"]
        own = {port["name"]: port["containerPort"] for port in container["ports"]}
        ports[component_of(one["metadata"]["labels"])] = own
        asked = {
            container[probe]["httpGet"]["port"]
            for probe in ("startupProbe", "livenessProbe", "readinessProbe")
        }
        assert asked == set(own)
        given = {variable["name"]: variable["value"] for variable in container["env"]}
        assert given.get("METRICS_PORT", "8000") == str(*own.values())
        annotations = one["spec"]["template"]["metadata"]["annotations"]
        assert annotations["prometheus.io/port"] == str(*own.values())
    for one in of_kind(objects, "Service"):
        (port,) = one["spec"]["ports"]
        name = component_of(one["metadata"]["labels"])
        assert port["targetPort"] in ports.get(name, {"https": 8443})


def test_the_proxy_finds_its_sites(objects: list[Object]) -> None:
    """Every upstream of its configuration is a service at that port, and what it reads is mounted there."""
    (configuration,) = [
        one["data"]["nginx.conf"] for one in of_kind(objects, "ConfigMap") if "nginx.conf" in one["data"]
    ]
    services = {(identity(one)[1], one["spec"]["ports"][0]["port"]) for one in of_kind(objects, "Service")}
    upstreams = {(name, int(port)) for name, port in re.findall(r"server ([\w-]+):(\d+);", configuration)}
    assert {(f"{name}-web", 8000) for name in NAMES} == upstreams
    assert upstreams <= services
    (proxy,) = [one for one in of_kind(objects, "Deployment") if identity(one)[1] == "proxy"]
    (certificate,) = [v["secret"] for v in proxy["spec"]["template"]["spec"]["volumes"] if "secret" in v]
    mounted = {f"/run/secrets/{item['path']}" for item in certificate["items"]}
    assert set(re.findall(r"ssl_certificate(?:_key)? (\S+);", configuration)) == mounted
    (port,) = containers_of(proxy)[0]["ports"]
    assert f"listen {port['containerPort']} ssl" in configuration


def test_there_is_one_address(objects: list[Object]) -> None:
    """The sites link to each other by paths of one host, answer to it alone, and believe the proxy."""
    (settings,) = [one["data"] for one in of_kind(objects, "ConfigMap") if "nginx.conf" not in one["data"]]
    hosts = {settings[f"{name.upper()}_ALLOWED_HOSTS"] for name in NAMES}
    (host,) = hosts
    paths = {name: f"/{name}" for name in NAMES}
    for name in NAMES:
        assert paths == yaml.safe_load(settings[f"{name.upper()}_SITES"])
        assert f"https://{host}/{name}" == settings[f"{name.upper()}_PUBLIC_URL"]
        assert settings[f"{name.upper()}_TRUSTED_PROXIES"]


def test_processes_have_the_time_they_need_to_end(deployments: dict[str, Object]) -> None:
    """Kubernetes kills none that would have ended by itself, with a margin."""
    for name, one in deployments.items():
        pod = one["spec"]["template"]["spec"]
        if name.endswith("-worker"):
            needed = STOP_SECONDS + KILL_SECONDS
        else:
            sleep, seconds = pod["containers"][0]["lifecycle"]["preStop"]["exec"]["command"]
            assert "sleep" == sleep
            needed = int(seconds) + SITE_STOP_SECONDS
        assert pod["terminationGracePeriodSeconds"] >= needed + MARGIN_SECONDS


def test_an_upgrade_never_takes_the_last_one_away(deployments: dict[str, Object]) -> None:
    """The new pod is ready before an old one ends, and waits until its databases are migrated."""
    for name, one in deployments.items():
        assert 0 == one["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"]
        service, _, part = name.partition("-")
        (waiting,) = one["spec"]["template"]["spec"]["initContainers"]
        databases = f"accounts {service}" if part == "web" else service
        assert f"until shouxian db check {databases} ||" in waiting["command"][2]


def test_jobs_migrate_each_database(objects: list[Object]) -> None:
    """One job, one database, by the command that does it."""
    done = [job["spec"]["template"]["spec"]["containers"][0]["args"] for job in of_kind(objects, "Job")]
    assert sorted(["db", "upgrade", name] for name in DATABASES) == sorted(done)


def test_processes_are_called_rightly(deployments: dict[str, Object]) -> None:
    """The image's command gets its words one by one."""
    for name, one in deployments.items():
        service, _, part = name.partition("-")
        (container,) = one["spec"]["template"]["spec"]["containers"]
        assert container["args"] == ([part, service, "--port", "8000"] if part == "web" else [part, service])


def test_autoscalers_scale_what_is_there(objects: list[Object]) -> None:
    """Each names a deployment and leaves at least one; what an autoscaler decides no manifest sets."""
    deployments = {identity(one)[1]: one for one in of_kind(objects, "Deployment")}
    for one in of_kind(objects, "HorizontalPodAutoscaler"):
        target = deployments[one["spec"]["scaleTargetRef"]["name"]]
        assert 1 <= one["spec"]["minReplicas"] < one["spec"]["maxReplicas"]
        assert "replicas" not in target["spec"]


def test_workers_are_scaled_by_their_own_queue() -> None:
    """The autoscaler of a worker asks for the metric that prometheus-adapter is to make, of its queue."""
    folder = KUBERNETES / "components" / "queue-autoscaling"
    (rule,) = yaml.safe_load((folder / "prometheus-adapter-rule.yaml").read_text(encoding="utf-8"))[
        "external"
    ]
    found = {}
    for one in yaml.safe_load_all((folder / "autoscalers.yaml").read_text(encoding="utf-8")):
        (metric,) = one["spec"]["metrics"]
        assert rule["name"]["as"] == metric["external"]["metric"]["name"]
        found[one["metadata"]["name"]] = metric["external"]["metric"]["selector"]["matchLabels"]
    assert {f"{name}-worker": {"queue": queue_of(name)} for name in NAMES} == found


def test_the_county_large_is_scaled() -> None:
    """Its sites and workers are two at least: each has an autoscaler that says so."""
    large = yaml.safe_load(
        (KUBERNETES / "overlays/county-large/kustomization.yaml").read_text(encoding="utf-8")
    )
    names = [Path(name).name for name in large["components"]]
    assert ["web-autoscaling", "queue-autoscaling"] == names
    for name in names:
        text = (KUBERNETES / "components" / name / "autoscalers.yaml").read_text(encoding="utf-8")
        assert {2} == {one["spec"]["minReplicas"] for one in yaml.safe_load_all(text)}


def test_images_are_pinned(objects: list[Object]) -> None:
    """Every image has a digest or a tag, never the one that moves; all our processes have the same."""
    images = {container["image"] for one in objects for container in containers_of(one)}
    assert 2 == len(images)
    for image in images:
        assert re.fullmatch(r"\S+?(@sha256:[0-9a-f]{64}|:(?!latest$)[\w.-]+)", image)
