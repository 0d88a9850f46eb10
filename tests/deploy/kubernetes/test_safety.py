"""What no container may do, where secrets come from, and who may talk to whom."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from deploy.hosting import NAMES, ensure_shared
from shared.settings import ServiceSettings
from tests.support.kustomize import Object, containers_of, pod_of

DOCS = Path(__file__).parents[3] / "docs" / "operations.md"
SECRETS = "/run/secrets/shouxian/"
ELSEWHERE = {"METRICS_PORT", "SHOUXIAN_ACCOUNTS_URL"}
"""Read by no settings class: shared/broker/worker.py, deploy/databases.py."""


def settings_of(service: str) -> type[ServiceSettings]:
    found: type[ServiceSettings] = import_module(f"services.{service}.settings").Settings
    return found


SETTINGS = {settings_of(name).name_of(field) for name in NAMES for field in settings_of(name).model_fields}
SECRET_SETTINGS = {
    settings_of(name).name_of(field)
    for name in NAMES
    for field, info in settings_of(name).model_fields.items()
    if not info.repr
}


def documented() -> dict[str, set[str]]:
    """Return the Secrets and ConfigMaps that the manual lets an operator create, with their keys."""
    text = DOCS.read_text(encoding="utf-8").replace("\\\n", " ")
    made: dict[str, set[str]] = {}
    for line in text.splitlines():
        if found := re.search(r"create (?:secret generic|configmap) (\S+)", line):
            made[found[1]] = set(re.findall(r"--from-(?:file|literal)=([\w.-]+)=", line))
    return made


def test_no_secret_is_in_a_manifest(objects: list[Object]) -> None:
    """There is no Secret among them, and no setting that may hold one gets its value here."""
    assert [] == [one for one in objects if one["kind"] == "Secret"]
    assert "MONITORING_DATABASE_URL" in SECRET_SETTINGS
    given = [key for one in objects if one["kind"] == "ConfigMap" for key in one["data"]]
    given += [v["name"] for one in objects for box in containers_of(one) for v in box.get("env", [])]
    assert set() == set(given) & SECRET_SETTINGS


def test_every_variable_is_a_setting(objects: list[Object], containers: list[tuple[Object, Object]]) -> None:
    """A misspelled setting would silently do nothing; each names a field, and in a pod one of its service."""
    for one in objects:
        if one["kind"] == "ConfigMap" and "nginx.conf" not in one["data"]:
            assert set() == set(one["data"]) - SETTINGS
    for one, container in containers:
        service = one["metadata"]["labels"]["app.kubernetes.io/name"]
        for variable in container.get("env", []):
            name = variable["name"].removesuffix("_FILE")
            assert name in ELSEWHERE or (name in SETTINGS and name.startswith(f"{service.upper()}_"))


def test_every_file_named_is_mounted(containers: list[tuple[Object, Object]]) -> None:
    """A path leads to a key of a Secret that the manual creates; no pod gets what it does not name."""
    manual = documented()
    for one, container in containers:
        pod = pod_of(one)
        assert pod is not None
        paths = {}
        for volume in pod["volumes"]:
            for source in volume.get("projected", {}).get("sources", []):
                for item in source["secret"]["items"]:
                    assert item["key"] in manual[source["secret"]["name"]]
                    paths[SECRETS + item["path"]] = source["secret"]["name"]
            if volume["name"] == "authority":
                assert "ca.crt" in manual[volume["configMap"]["name"]]
        named = {v["value"] for v in container.get("env", []) if v["name"].endswith("_FILE")}
        assert named <= set(paths)
        if container in pod["containers"]:
            assert named == set(paths)
        mounts = {mount["mountPath"] for mount in container["volumeMounts"]}
        assert not paths or {SECRETS.rstrip("/"), "/etc/shouxian/tls"} <= mounts


def test_no_container_may_do_more_than_it_needs(containers: list[tuple[Object, Object]]) -> None:
    """Not root, nothing to write but /tmp, no capability, no new rights, no token of the cluster."""
    for one, container in containers:
        pod = pod_of(one)
        assert pod is not None
        inside, around = container["securityContext"], pod["securityContext"]
        assert {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        } == inside
        assert (True, 10001, 10001) == (around["runAsNonRoot"], around["runAsUser"], around["runAsGroup"])
        assert {"type": "RuntimeDefault"} == around["seccompProfile"]
        assert pod["automountServiceAccountToken"] is False
        writable = {m["mountPath"] for m in container["volumeMounts"] if not m.get("readOnly")}
        assert {"/tmp"} == writable
        assert set() == {"hostNetwork", "hostPID", "hostIPC"} & set(pod)


def test_every_container_has_limits(containers: list[tuple[Object, Object]]) -> None:
    """None may take a node's memory or processors from the others; each says what it needs."""
    for _, container in containers:
        for part in ("requests", "limits"):
            assert {"cpu", "memory"} == set(container["resources"][part])


def test_what_runs_is_watched(deployments: dict[str, Object]) -> None:
    """Started, alive, of use: three questions to each process, each with patience for a busy machine."""
    for one in deployments.values():
        (container,) = one["spec"]["template"]["spec"]["containers"]
        started, alive, ready = (container[f"{p}Probe"] for p in ("startup", "liveness", "readiness"))
        assert ["/livez", "/livez", "/readyz"] == [
            probe["httpGet"]["path"] for probe in (started, alive, ready)
        ]
        assert started["periodSeconds"] * started["failureThreshold"] >= 120
        assert alive["periodSeconds"] * alive["failureThreshold"] >= 45
        assert ready["timeoutSeconds"] > 2  # shared/observability/health.py asks for that long


def ports(rules: list[Object]) -> set[int]:
    assert all("ports" in rule for rule in rules), "a rule without ports allows all"
    return {port["port"] for rule in rules for port in rule["ports"]}


def chooses(selector: Object, labels: dict[str, str]) -> bool:
    among = [labels.get(one["key"]) in one["values"] for one in selector.get("matchExpressions", [])]
    return all(among) and selector.get("matchLabels", {}).items() <= labels.items()


def test_who_may_talk_to_whom(objects: list[Object]) -> None:
    """Nobody, but for these ports, by what a process is."""
    policies = [one["spec"] for one in objects if one["kind"] == "NetworkPolicy"]
    assert {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]} in policies
    allowed = {}
    for part in ("proxy", "web", "worker", "migration"):
        labels = {"app.kubernetes.io/part-of": "shouxian", "app.kubernetes.io/component": part}
        own = [policy for policy in policies if chooses(policy["podSelector"], labels)]
        allowed[part] = tuple(
            sorted(ports([rule for policy in own for rule in policy.get(way, [])]))
            for way in ("ingress", "egress")
        )
    expected = {
        "proxy": ([8443], [53, 8000]),
        "web": ([8000], [53, 5432]),
        "worker": ([9000], [53, 5432, 5671]),
        "migration": ([], [53, 5432]),
    }
    assert expected == allowed
    peers = [
        peer
        for policy in policies
        for way, end in (("ingress", "from"), ("egress", "to"))
        for rule in policy.get(way, [])
        for peer in rule[end]
    ]
    assert all(any(peer.values()) for peer in peers), "an empty peer is everybody"
    open_to_all = [peer for peer in peers if peer.get("ipBlock", {}).get("cidr") == "0.0.0.0/0"]
    assert 1 == len(open_to_all)  # people, to the proxy


def common_settings(objects: list[Object]) -> dict[str, str]:
    """Return what the one ConfigMap of settings gives to every process."""
    (settings,) = [
        one["data"] for one in objects if one["kind"] == "ConfigMap" and "nginx.conf" not in one["data"]
    ]
    return dict(settings)


def test_connections_are_verified(objects: list[Object]) -> None:
    """Every process refuses a broker or a database whose certificate it could not verify."""
    settings = common_settings(objects)
    assert {"true"} == {settings[f"{name.upper()}_REQUIRE_TLS"] for name in NAMES}


def test_processes_accept_their_settings(
    objects: list[Object], deployments: dict[str, Object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With secrets of the form that the manual shows each process has all it needs, and refuses nothing."""
    contents = {
        "database-url": "postgresql+psycopg://x:y@db.example/x?sslmode=verify-full&sslrootcert=/ca.crt",
        "accounts-url": "postgresql+psycopg://x:y@db.example/a?sslmode=verify-full&sslrootcert=/ca.crt",
        "broker-url": "amqps://x:y@broker.example/county?cacertfile=/ca.crt",
        "session-secret": "s" * 40,
        "personal-data-keys": f'["{"k" * 40}"]',
        "personal-index-key": "i" * 40,
    }
    for name, content in contents.items():
        (tmp_path / name).write_text(content + "\n", encoding="utf-8")
    common = common_settings(objects)
    for name, one in deployments.items():
        service, _, part = name.partition("-")
        (container,) = one["spec"]["template"]["spec"]["containers"]
        given = {v["name"]: v["value"].replace(SECRETS, f"{tmp_path}/") for v in container["env"]}
        with monkeypatch.context() as around:
            for variable, value in (common | given).items():
                around.setenv(variable, value)
            settings = settings_of(service)()
        if part == "web":
            ensure_shared(service, settings)
        else:
            assert contents["broker-url"] == settings.broker_url
        assert contents["database-url"] == settings.database_url
        if service == "monitoring":
            assert ("k" * 40,) == settings.personal_data_keys  # type: ignore[attr-defined]
