"""Renders the part of kustomize that deploy/kubernetes uses, and refuses whatever is not of that part.

Compared by hand with ``kubectl kustomize`` (5.5.0): the same objects, but for the
digest in the names of generated ConfigMaps.
"""

import copy
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

Object = dict[str, Any]

_KNOWN = {
    "apiVersion", "kind", "namespace", "labels", "resources", "components", "images", "configMapGenerator",
    "patches",
}  # fmt: skip
_WITHOUT_NAMESPACE = {"Namespace"}
_MERGED_BY = {
    "containers": "name", "initContainers": "name", "env": "name", "volumes": "name",
    "volumeMounts": "mountPath",
}  # fmt: skip


class KustomizeError(Exception):
    """Raised for what this does not do, or what kustomize would refuse."""


def render(folder: Path) -> list[Object]:
    """Return the objects of the kustomization in *folder*, as ``kubectl apply -k`` would send them."""
    objects, settings = _rendered(folder, [], {})
    _name_by_content(objects, settings)
    return objects


def identity(one: Object) -> tuple[str, str]:
    """Return kind and name; with the one namespace here they tell two objects apart."""
    return one["kind"], one["metadata"]["name"]


def _rendered(
    folder: Path, objects: list[Object], settings: dict[str, Object]
) -> tuple[list[Object], dict[str, Object]]:
    """Add to *objects* what *folder* has; a component changes what is there already."""
    spec = yaml.safe_load((folder / "kustomization.yaml").read_text(encoding="utf-8"))
    if unknown := set(spec) - _KNOWN:
        raise KustomizeError(f"{folder}: {sorted(unknown)} is not supported")
    for name in spec.get("resources", []):
        path = folder / name
        if path.is_dir():
            _rendered(path, objects, settings)
        else:
            objects += [one for one in yaml.safe_load_all(path.read_text(encoding="utf-8")) if one]
    _generate(spec, folder, objects, settings)
    for name in spec.get("components", []):
        _rendered(folder / name, objects, settings)
    _refuse_doubles(objects)
    for patch in spec.get("patches", []):
        _patch(patch, folder, objects)
    for one in objects:
        _transform(spec, one)
    return objects, settings


def _generate(spec: Object, folder: Path, objects: list[Object], settings: dict[str, Object]) -> None:
    for generator in spec.get("configMapGenerator", []):
        name = generator["name"]
        data = dict(literal.split("=", 1) for literal in generator.get("literals", []))
        data |= {file: (folder / file).read_text(encoding="utf-8") for file in generator.get("files", [])}
        merging = generator.get("behavior", "create") == "merge"
        if merging != (name in settings):
            raise KustomizeError(f"ConfigMap {name}: it is there already, or is not there to be merged with")
        if merging:
            settings[name]["data"].update(data)
        else:
            made = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": data}
            settings[name] = made
            objects.append(made)


def _refuse_doubles(objects: list[Object]) -> None:
    names = [identity(one) for one in objects]
    doubles = sorted({name for name in names if names.count(name) > 1})
    if doubles:
        raise KustomizeError(f"twice: {doubles}")


def _patch(patch: Object, folder: Path, objects: list[Object]) -> None:
    text = patch.get("patch") or (folder / patch["path"]).read_text(encoding="utf-8")
    for document in yaml.safe_load_all(text):
        if isinstance(document, list):
            for one in _targets(objects, patch["target"]):
                for operation in document:
                    _operate(one, operation)
        else:
            wanted = {"kind": document["kind"], "name": document["metadata"]["name"]}
            for one in _targets(objects, wanted):
                _merge(one, document, ())


def _targets(objects: list[Object], target: Mapping[str, str]) -> list[Object]:
    if unknown := set(target) - {"kind", "name"}:
        raise KustomizeError(f"a target by {sorted(unknown)} is not supported")
    found = [
        one
        for one in objects
        if one["kind"] == target["kind"] and target.get("name", one["metadata"]["name"]) == identity(one)[1]
    ]
    if not found:
        raise KustomizeError(f"a patch finds nothing: {target}")
    return found


def _operate(one: Object, operation: Object) -> None:
    """Carry out one operation of RFC 6902 on *one*."""
    *way, last = [part.replace("~1", "/").replace("~0", "~") for part in operation["path"].split("/")[1:]]
    place: Any = one
    for part in way:
        place = place[int(part) if isinstance(place, list) else part]
    key: Any = int(last) if isinstance(place, list) and last != "-" else last
    kind = operation["op"]
    if kind != "add" and (key >= len(place) if isinstance(place, list) else key not in place):
        raise KustomizeError(f"{operation['path']} is not there")
    if kind == "remove":
        del place[key]
    elif kind == "add" and isinstance(place, list):
        place.insert(len(place) if key == "-" else key, operation["value"])
    elif kind in {"add", "replace"}:
        place[key] = operation["value"]
    else:
        raise KustomizeError(f"the operation {kind} is not supported")


def _merge(into: Object, patch: Object, way: tuple[str, ...]) -> None:
    """Merge *patch* strategically: objects by their keys, the lists known here by name, nothing else."""
    for key, value in patch.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value, (*way, key))
        elif isinstance(value, list) and key in into:
            if key not in _MERGED_BY:
                raise KustomizeError(f"{'.'.join((*way, key))}: patch this list by json6902")
            _merge_list(into[key], value, _MERGED_BY[key], (*way, key))
        elif value is None:
            into.pop(key, None)
        else:
            into[key] = copy.deepcopy(value)


def _merge_list(into: list[Object], patch: list[Object], by: str, way: tuple[str, ...]) -> None:
    for one in patch:
        same = next((old for old in into if old[by] == one[by]), None)
        if same is None:
            into.append(copy.deepcopy(one))
        else:
            _merge(same, one, way)


def _transform(spec: Object, one: Object) -> None:
    if "namespace" in spec and one["kind"] not in _WITHOUT_NAMESPACE:
        one["metadata"]["namespace"] = spec["namespace"]
    for labels in spec.get("labels", []):
        places = [one]
        if labels.get("includeTemplates") and "template" in one.get("spec", {}):
            places.append(one["spec"]["template"])
        for place in places:
            place.setdefault("metadata", {}).setdefault("labels", {}).update(labels["pairs"])
    for image in spec.get("images", []):
        tag = f"@{image['digest']}" if "digest" in image else f":{image['newTag']}"
        for container in containers_of(one):
            if container["image"].partition(":")[0] == image["name"]:
                container["image"] = image.get("newName", image["name"]) + tag


def pod_of(one: Object) -> Object | None:
    """Return the specification of the pods that *one* makes, None when it makes none."""
    spec = one.get("spec", {})
    if one["kind"] == "CronJob":
        spec = spec["jobTemplate"]["spec"]
    pod: Object | None = spec.get("template", {}).get("spec")
    return pod


def containers_of(one: Object) -> list[Object]:
    """Return every container of the pods that *one* makes, those that run first included."""
    pod = pod_of(one) or {}
    return [*pod.get("initContainers", []), *pod.get("containers", [])]


def _name_by_content(objects: list[Object], settings: Mapping[str, Object]) -> None:
    for name, made in settings.items():
        digest = hashlib.sha256(json.dumps(made["data"], sort_keys=True).encode()).hexdigest()[:10]
        made["metadata"]["name"] = f"{name}-{digest}"
        for one in objects:
            for reference in _references(one):
                if reference.get("name") == name:
                    reference["name"] = made["metadata"]["name"]


def _references(one: Object) -> Iterator[Object]:
    """Give every place where the pods of *one* name a ConfigMap."""
    for container in containers_of(one):
        for source in container.get("envFrom", []):
            yield source.get("configMapRef", {})
        for variable in container.get("env", []):
            yield variable.get("valueFrom", {}).get("configMapKeyRef", {})
    for volume in (pod_of(one) or {}).get("volumes", []):
        yield volume.get("configMap", {})
        for source in volume.get("projected", {}).get("sources", []):
            yield source.get("configMap", {})
