"""What a site's OpenAPI document says of an action: its input, its key, its problems."""

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from shared.web import once
from shared.web.csrf import MULTIPART
from shared.web.forms import Form
from shared.web.section import Action, Page

_SCHEMAS = "#/components/schemas/{model}"
_PROBLEM = {
    "title": "Problem",
    "description": "RFC 9457",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:shouxian:problem:stale_version"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "details": {"type": "object"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {"type": "string"},
                    "field": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
_KEY = {
    "name": once.HEADER,
    "in": "header",
    "required": False,
    "description": "The same key with the same request is answered as the first time and does nothing twice.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 128},
}


_DONE = {"application/json": {"schema": {"type": "object"}}}
_DONE_HEADERS = {
    once.REPLAY_HEADER: {
        "description": "There when the answer is the first one's, given again.",
        "schema": {"type": "string"},
    }
}


def action_extra(action: Action) -> dict[str, Any]:
    """Return what the route's own signature cannot say."""
    schema = {"$ref": _whole_name(action.form)}
    media_type = MULTIPART if action.largest_file else "application/json"
    return {
        "requestBody": {"required": True, "content": {media_type: {"schema": schema}}},
        "parameters": [_KEY],
        "responses": {
            "200": {"description": "Done", "content": _DONE, "headers": _DONE_HEADERS},
            "201": {"description": "Done, and something was created", "content": _DONE},
            **_problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
        },
    }


def page_extra(page: Page) -> dict[str, Any]:
    """Return what a page answers; a file is of the kind it says."""
    content = _DONE if page.template else {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    answers = {"200": {"description": "What the page shows", "content": content}}
    return {"responses": {**answers, **_problems(400, 401, 403, 404, 409, 422, 429, 503)}}


def document(app: FastAPI, actions: Iterable[Action]) -> dict[str, Any]:
    """Return the site's OpenAPI 3.1 document with the forms of *actions* as schemas."""
    api: dict[str, Any] = get_openapi(
        title=app.title, version=app.version, openapi_version="3.1.0", routes=app.routes
    )
    forms = {action.form for action in actions}
    ordered = sorted(forms, key=lambda form: (form.__name__, form.__module__))
    named, definitions = models_json_schema([(form, "validation") for form in ordered], ref_template=_SCHEMAS)
    _refer(api, {_whole_name(form): str(named[form, "validation"]["$ref"]) for form in ordered})
    schemas = api.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(definitions.get("$defs", {}))
    schemas["Problem"] = _PROBLEM
    api["components"]["securitySchemes"] = {
        "basic": {"type": "http", "scheme": "basic"},
        "session": {"type": "apiKey", "in": "cookie", "name": "shouxian_session"},
    }
    api["security"] = [{"basic": []}, {"session": []}]
    return api


def _whole_name(form: type[Form]) -> str:
    """Return a name that no other form has; two sections of one site may both call theirs ``EndForm``."""
    return f"{form.__module__}.{form.__qualname__}"


def _refer(api: dict[str, Any], references: Mapping[str, str]) -> None:
    """Let every action refer to its form by the name that the document gives it."""
    for operations in api["paths"].values():
        for operation in operations.values():
            for body in operation.get("requestBody", {}).get("content", {}).values():
                schema = body.get("schema", {})
                if schema.get("$ref") in references:
                    body["schema"] = {"$ref": references[schema["$ref"]]}


def _problems(*statuses: int) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": _SCHEMAS.format(model="Problem")}}}
    return {str(status): {"description": "Problem", "content": content} for status in statuses}
