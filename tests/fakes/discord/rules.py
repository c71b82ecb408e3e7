"""Would Discord take this body? Its own OpenAPI description, and the limits that the description leaves out.

The description allows unknown keys, 4,000 characters of content, 40 components in each container and so on; the real
service does not. Each extra rule names the page of Discord's documentation that states it.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

Json = dict[str, Any]

_URI = "discord:openapi"
COMPONENTS_V2 = 1 << 15
EPHEMERAL = 1 << 6

MAX_CONTENT = 2_000  # Create Message: content
MAX_EMBED_TOTAL = 6_000  # Message resource, Embed Limits: all embeds of a message together
MAX_COMPONENTS = 40  # Component reference: "up to 40 total components", nested ones counted
MAX_DISPLAY = 4_000  # Component reference, Text Display: shared by all of a message
MAX_CUSTOM_ID = 100  # Component reference, Custom ID
MAX_LABEL = 80  # Component reference, Button
COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")  # Application Commands: naming; lower case is tested beside it

ACTION_ROW, BUTTON, SELECT, TEXT, SECTION, CONTAINER = 1, 2, 3, 10, 9, 17
DOCUMENTED_ELSEWHERE = frozenset({"nsfw"})  # Create Global Application Command lists it; the description does not
TOLERATED = re.compile(
    r"update_(message|webhook_message|original_webhook_message)\$\.tts|.*\.embeds\[\d+\]\.flags"
    r"|create_thread\$\.(type|message\.tts)"
)
"""discord.py sends `tts: false` with every edit, `flags: 0` with every embed, `tts` and `type` with a forum's thread;
Discord takes no notice.
"""
V2_TYPES = frozenset({9, 10, 11, 12, 13, 14, 17})


@dataclass(frozen=True, slots=True)
class Operation:
    """One entry of the description: what a request of this method and path may carry."""

    id: str
    method: str
    pattern: re.Pattern[str]
    schema: Json | None


@cache
def _document() -> Json:
    loaded: Json = json.loads((Path(__file__).parent / "openapi.json").read_text("utf-8"))
    return loaded


@cache
def _registry() -> Registry[Any]:
    resource = DRAFT202012.create_resource(_narrowed(_document()))
    registry: Registry[Any] = Registry().with_resource(_URI, resource)
    return registry


def _narrowed(node: Any) -> Any:
    """The same description with the variants of a union told apart by their `type` number before they are tried:
    jsonschema otherwise tries each component as every kind of component, which takes ten times as long.
    """
    if isinstance(node, list):
        return [_narrowed(child) for child in node]
    if not isinstance(node, dict):
        return node
    node = {key: _narrowed(child) for key, child in node.items()}
    kinds = [_kinds(branch) for branch in node.get("oneOf", ())]
    if len(kinds) < 2 or not all(kinds):
        return node
    branches = node.pop("oneOf")
    kind = {"type": {"enum": [number for own in kinds for number in own]}}
    tests = [
        {"if": {"properties": {"type": {"enum": own}}}, "then": branch}
        for own, branch in zip(kinds, branches, strict=True)
    ]
    return {**node, "type": "object", "properties": kind, "required": ["type"], "allOf": tests}


def _kinds(branch: Json) -> list[int]:
    """The `type` numbers that mean this variant; none when it is not told by them."""
    found: list[int] = _resolve(branch).get("properties", {}).get("type", {}).get("enum", [])
    return found


@cache
def operations() -> tuple[Operation, ...]:
    """Every operation; more literal paths first, so that `@original` wins over a message id."""
    found = []
    for path, methods in _document()["paths"].items():
        pattern = re.compile(re.sub(r"\\{[a-z_]+\\}", "([^/]+)", re.escape(path)))
        for method, operation in methods.items():
            if method != "parameters":
                content = operation.get("requestBody", {}).get("content", {})
                schema = content.get("application/json", {}).get("schema")
                found.append((path.count("{"), Operation(operation["operationId"], method.upper(), pattern, schema)))
    return tuple(operation for _, operation in sorted(found, key=lambda pair: pair[0]))


def operation_of(method: str, path: str) -> Operation | None:
    """The operation that a request means; None when Discord has no such endpoint."""
    for operation in operations():
        if operation.method == method and operation.pattern.fullmatch(path):
            return operation
    return None


@cache
def _request_validator(operation_id: str) -> Draft202012Validator:
    for path, methods in _document()["paths"].items():
        for method, operation in methods.items():
            if method != "parameters" and operation["operationId"] == operation_id:
                where = f"#/paths/{_pointer(path)}/{method}/requestBody/content/application~1json/schema"
                return Draft202012Validator({"$ref": _URI + where}, registry=_registry())
    raise KeyError(operation_id)


@cache
def _response_validator(operation_id: str) -> Draft202012Validator | None:
    for path, methods in _document()["paths"].items():
        for method, operation in methods.items():
            if method != "parameters" and operation["operationId"] == operation_id:
                for status in ("200", "201"):
                    if "application/json" in operation["responses"].get(status, {}).get("content", {}):
                        where = f"#/paths/{_pointer(path)}/{method}/responses/{status}/content/application~1json/schema"
                        return Draft202012Validator({"$ref": _URI + where}, registry=_registry())
    return None


def _pointer(path: str) -> str:
    escaped = path.replace("~", "~0").replace("/", "~1")
    return escaped.replace("{", "%7B").replace("}", "%7D").replace("@", "%40")


def reply_problems(operation_id: str, reply: object) -> list[str]:
    """What our own answer breaks of the description: keeps the fake honest."""
    return list(_reply_problems(operation_id, json.dumps(reply)))


@lru_cache(maxsize=64)
def _reply_problems(operation_id: str, reply: str) -> tuple[str, ...]:
    validator = _response_validator(operation_id)
    error = best_match(validator.iter_errors(json.loads(reply))) if validator else None
    return (f"{operation_id} answered at {error.json_path}: {error.message[:300]}",) if error else ()


def problems(operation: Operation, body: object) -> list[str]:
    """Everything about `body` that Discord would refuse, as sentences; none when it is fine."""
    if operation.schema is None:
        return [] if body is None else [f"{operation.id} takes no body"]
    return list(_problems(operation.id, json.dumps(body)))


@lru_cache(maxsize=64)
def _problems(operation_id: str, raw: str) -> tuple[str, ...]:
    """Kept for a while: every start registers the same commands, and checking those takes a third of a second."""
    operation = next(one for one in operations() if one.id == operation_id)
    body = json.loads(raw)
    assert operation.schema is not None
    validator = _request_validator(operation.id)
    error = best_match(validator.iter_errors(body))
    found = [f"{error.json_path}: {error.message[:300]}"] if error else []
    found += [
        f"unknown key {where}"
        for where in _unknown(operation.schema, body, "$")
        if not TOLERATED.fullmatch(operation.id + where)
    ]
    rule = _RULES.get(operation.id)
    if rule and isinstance(body, (dict, list)):
        try:
            found += rule(body)
        except (TypeError, AttributeError, KeyError):
            found.append("malformed")  # of a shape that the description has refused above
    return tuple(f"{operation.id} {problem}" for problem in found)


# --- unknown keys: the description leaves objects open, Discord's own parser drops or refuses them -------------------


def _resolve(schema: Json) -> Json:
    while "$ref" in schema:
        node: Any = _document()
        for part in schema["$ref"].removeprefix("#/").split("/"):
            node = node[part]
        schema = node
    return schema


def _unknown(schema: Json, value: object, where: str) -> list[str]:
    schema = _resolve(schema)
    branches = [*schema.get("oneOf", ()), *schema.get("anyOf", ())]
    if branches and isinstance(value, (dict, list)):
        tries = [_unknown(branch, value, where) for branch in branches if _may_be(_resolve(branch), value)]
        return min(tries, key=len, default=[])
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        return [line for i, item in enumerate(value) for line in _unknown(schema["items"], item, f"{where}[{i}]")]
    if isinstance(value, dict) and "properties" in schema:
        known = schema["properties"]
        allowed = known.keys() | DOCUMENTED_ELSEWHERE if "name" in known else known.keys()
        found = [f"{where}.{key}" for key in value if key not in allowed and "additionalProperties" not in schema]
        return found + [
            line for key in known.keys() & value.keys() for line in _unknown(known[key], value[key], f"{where}.{key}")
        ]
    return []


def _may_be(schema: Json, value: object) -> bool:
    """Whether an alternative can be meant: its JSON type and the `type` number that Discord tells variants by."""
    kinds = schema.get("type", "object" if "properties" in schema else "array" if "items" in schema else [])
    kind = "object" if isinstance(value, dict) else "array"
    if kinds and kind not in ([kinds] if isinstance(kinds, str) else kinds):
        return False
    if isinstance(value, dict) and "type" in schema.get("properties", {}):
        declared = _resolve(schema["properties"]["type"])
        allowed = declared.get("enum") or [choice.get("const") for choice in declared.get("oneOf", ())]
        return not allowed or value.get("type") in allowed
    return True


# --- messages --------------------------------------------------------------------------------------------------------


def components_in(components: list[Json] | None) -> Iterator[Json]:
    """Every component, nested ones and accessories too."""
    for component in components or ():
        yield component
        yield from components_in(component.get("components"))
        if "accessory" in component:
            yield from components_in([component["accessory"]])


def message_problems(body: Json, *, editing: bool = False) -> list[str]:
    """The rules of one message, wherever it is sent."""
    found = []
    flags, content, embeds = body.get("flags") or 0, body.get("content") or "", body.get("embeds") or []
    components = list(components_in(body.get("components")))
    if len(content) > MAX_CONTENT:
        found.append(f"content has {len(content)} characters")
    total = sum(_embed_length(embed) for embed in embeds)
    if total > MAX_EMBED_TOTAL:
        found.append(f"embeds have {total} characters together")
    if flags & COMPONENTS_V2 and (content or embeds or body.get("poll") or body.get("sticker_ids")):
        found.append("the Components V2 flag goes with neither content, embeds, poll nor stickers")
    if not flags & COMPONENTS_V2 and any(component["type"] in V2_TYPES for component in components):
        found.append("a V2 component without the Components V2 flag")
    empty = not (content or embeds or components or body.get("sticker_ids") or body.get("poll"))
    if empty and not body.get("attachments") and not editing:
        found.append("empty message (50006)")
    if body.get("enforce_nonce") and body.get("nonce") in (None, ""):
        found.append("enforce_nonce without a nonce")
    return found + _component_problems(components, body)


def _embed_length(embed: Json) -> int:
    """Embed Limits: title, description, field names and values, footer text and author name count."""
    parts = [embed.get("title"), embed.get("description"), (embed.get("footer") or {}).get("text")]
    parts.append((embed.get("author") or {}).get("name"))
    for field in embed.get("fields") or ():
        parts += [field.get("name"), field.get("value")]
    return sum(len(part or "") for part in parts)


def _component_problems(components: list[Json], body: Json) -> list[str]:
    found = []
    if len(components) > MAX_COMPONENTS:
        found.append(f"{len(components)} components, nested ones counted")
    shown = sum(len(component.get("content") or "") for component in components if component["type"] == TEXT)
    if shown > MAX_DISPLAY:
        found.append(f"text displays have {shown} characters together")
    ids = [component["custom_id"] for component in components if "custom_id" in component]
    found += [f"custom_id of {len(custom)} characters" for custom in ids if not 1 <= len(custom) <= MAX_CUSTOM_ID]
    if len(set(ids)) != len(ids):
        found.append("custom_id used twice in one message")
    numbers = [component["id"] for component in components if component.get("id")]
    if len(set(numbers)) != len(numbers):
        found.append("component id used twice in one message")
    if not (body.get("flags") or 0) & COMPONENTS_V2 and len(body.get("components") or ()) > 5:
        found.append("more than 5 action rows")
    for component in components:
        found += _one_component(component)
    return found


def _one_component(component: Json) -> list[str]:
    found = []
    kind = component["type"]
    if kind == TEXT and not (component.get("content") or "").strip():
        found.append("an empty text display")
    if kind == ACTION_ROW and not 1 <= len(component.get("components") or ()) <= 5:
        found.append("an action row holds 1 to 5 buttons")
    if kind == SECTION and not 1 <= len(component.get("components") or ()) <= 3:
        found.append("a section holds 1 to 3 text displays")
    if kind == BUTTON:
        link = component.get("style") == 5
        if not (component.get("label") or component.get("emoji")):
            found.append("a button needs a label or an emoji")
        if len(component.get("label") or "") > MAX_LABEL:
            found.append(f"a button's label of {len(component['label'])} characters")
        if link != ("url" in component) or link == ("custom_id" in component):
            found.append("a button has either a custom_id or, in link style, a url")
    return found


def _create(body: Any) -> list[str]:
    return message_problems(body)


def _edit(body: Any) -> list[str]:
    return message_problems(body, editing=True)


def _callback(body: Any) -> list[str]:
    kind, data = body.get("type"), body.get("data")
    if kind == 4:
        return message_problems(data or {})
    if kind == 7:
        return message_problems(data or {}, editing=True)
    if kind == 8 and len((data or {}).get("choices") or ()) > 25:
        return ["more than 25 choices"]
    return []


# --- commands --------------------------------------------------------------------------------------------------------


def _commands(body: Any) -> list[str]:
    found = []
    names = [command.get("name") for command in body]
    if len(set(names)) != len(names):
        found.append("a command name used twice")
    if sum(command.get("type", 1) == 1 for command in body) > 100:
        found.append("more than 100 commands")
    for command in body:
        found += _named(command, 0)
        size = _command_size(command)
        if size > 8_000:
            found.append(f"/{command['name']} has {size} characters of names, descriptions and values")
    return found


def _command_size(node: Json) -> int:
    """Application Commands: name, description and value of a command, its options and choices, at most 8,000."""
    own = len(node.get("name", "")) + len(node.get("description", "")) + len(str(node.get("value", "")))
    return own + sum(_command_size(child) for child in [*node.get("options", ()), *node.get("choices", ())])


def _named(node: Json, depth: int) -> list[str]:
    name, options = node.get("name", ""), node.get("options") or []
    found = []
    if not COMMAND_NAME.fullmatch(name) or name != name.lower():
        found.append(f"the name {name!r} is not lower case letters, digits, - and _")
    if not 1 <= len(node.get("description") or "") <= 100:
        found.append(f"{name}: a description has 1 to 100 characters")
    if len(options) > 25 or len(node.get("choices") or ()) > 25:
        found.append(f"{name}: more than 25 options or choices")
    if len({option.get("name") for option in options}) != len(options):
        found.append(f"{name}: an option used twice")
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        found.append(f"{name}: required options stand first")
    kinds = {option.get("type") in (1, 2) for option in options}
    if len(kinds) > 1:
        found.append(f"{name}: subcommands and options side by side")
    if depth > 2:
        found.append(f"{name}: nested too deeply")
    return found + [line for option in options for line in _named(option, depth + 1)]


_RULES: dict[str, Callable[[Any], list[str]]] = {
    "create_message": _create,
    "update_message": _edit,
    "execute_webhook": _create,
    "update_webhook_message": _edit,
    "update_original_webhook_message": _edit,
    "create_interaction_response": _callback,
    "bulk_set_application_commands": _commands,
    "bulk_set_guild_application_commands": _commands,
}
