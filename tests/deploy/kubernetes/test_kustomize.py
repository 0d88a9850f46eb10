"""The renderer that stands for kustomize in these tests: what it does not do it refuses."""

import pytest
import yaml

from tests.support.kustomize import KustomizeError, render

DEPLOYMENT = """
kind: Deployment
metadata: {name: site}
spec:
  template:
    spec:
      containers:
        - {name: web, image: site, env: [{name: A, value: "1"}], envFrom: [{configMapRef: {name: county}}]}
"""


@pytest.fixture(name="folder")
def _folder(tmp_path):
    def folder(files=DEPLOYMENT, **spec):
        (tmp_path / "site.yaml").write_text(files, encoding="utf-8")
        whole = {"resources": ["site.yaml"]} | spec
        (tmp_path / "kustomization.yaml").write_text(yaml.safe_dump(whole), encoding="utf-8")
        return tmp_path

    return folder


def patched(folder, patch, **target):
    return render(folder(patches=[{"patch": yaml.safe_dump(patch)} | ({"target": target} if target else {})]))


def test_a_strategic_patch(folder):
    """Containers and variables are found by their names; what is not named stays."""
    more = {"name": "web", "env": [{"name": "A", "value": "2"}, {"name": "B", "value": "3"}]}
    spec = {"template": {"spec": {"containers": [more]}}}
    (one,) = patched(folder, {"kind": "Deployment", "metadata": {"name": "site"}, "spec": spec})
    (container,) = one["spec"]["template"]["spec"]["containers"]
    assert "site" == container["image"]
    assert ["2", "3"] == [variable["value"] for variable in container["env"]]


def test_operations(folder):
    """Added, replaced, removed, at paths with escapes."""
    operations = [
        {"op": "add", "path": "/metadata/labels", "value": {"a/b": "1"}},
        {"op": "replace", "path": "/metadata/labels/a~1b", "value": "2"},
        {"op": "remove", "path": "/spec/template/spec/containers/0/env/0"},
    ]
    (one,) = patched(folder, operations, kind="Deployment", name="site")
    assert {"a/b": "2"} == one["metadata"]["labels"]
    assert [] == one["spec"]["template"]["spec"]["containers"][0]["env"]


def test_generated_settings_are_named_by_content(folder):
    """Another content is another name, in the pods as well: they start anew."""

    def name(value):
        generator = [{"name": "county", "literals": [f"A={value}"]}]
        deployment, settings = render(folder(configMapGenerator=generator))
        (source,) = deployment["spec"]["template"]["spec"]["containers"][0]["envFrom"]
        assert settings["metadata"]["name"] == source["configMapRef"]["name"]
        return settings["metadata"]["name"]

    assert name("1") != name("2")


@pytest.mark.parametrize(
    "spec",
    [
        {"namePrefix": "x-"},
        {"resources": ["site.yaml", "site.yaml"]},
        {"configMapGenerator": [{"name": "x", "behavior": "merge", "literals": ["A=1"]}]},
        {"patches": [{"target": {"kind": "Job"}, "patch": "[]"}]},
        {
            "patches": [
                {"target": {"kind": "Deployment"}, "patch": "[{op: replace, path: /spec/x, value: 1}]"}
            ]
        },
        {"patches": [{"patch": "{kind: Deployment, metadata: {name: other}}"}]},
    ],
)
def test_what_kustomize_or_this_would_not_do(folder, spec):
    """An unknown word, an object twice, a patch or a merge that finds nothing: refused, not passed over."""
    with pytest.raises(KustomizeError):
        render(folder(**spec))
