"""Write a call as every environment of the protocol writes it (specification, sections 1 to 9)."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from api.base.examples import CodeSample
from api.civicrm.exploring.literals import JAVASCRIPT, PHP, PYTHON, compact, json_text, php_text

Params = Mapping[str, Any]  # JSON

SITE_KEY, API_KEY = "YOUR-SITE-KEY", "YOUR-API-KEY"


def is_reading(action: str) -> bool:
    """Say whether an action may be asked for by GET, and by templates."""
    return action.lower().startswith("get") or action.lower() == "check"


def environments_of(
    entity: str, action: str, params: Params, base_url: str
) -> Sequence[CodeSample]:
    """Return the call in every environment."""
    writers: Sequence[tuple[str, Callable[[str, str, Params], str]]] = (
        ("PHP (civicrm_api3)", in_process),
        ("PHP (kernel)", by_kernel),
        ("PHP (class.api.php)", partial(by_class, base_url=base_url)),
        ("REST", partial(by_rest, base_url=base_url)),
        ("curl", partial(by_curl, base_url=base_url)),
        ("Javascript (CRM.api3)", by_script),
        ("AJAX", by_ajax),
        ("Smarty", by_smarty),
        ("Django template", by_template),
        ("cv", partial(by_command, "cv api")),
        ("drush", partial(by_command, "drush civicrm-api")),
        ("wp", partial(by_command, "wp civicrm-api")),
        ("manage.py", partial(by_command, "manage.py civi api")),
        ("Python", in_python),
    )
    return [CodeSample(name, write(entity, action, params)) for name, write in writers]


def in_process(entity: str, action: str, params: Params) -> str:
    """Return the usual call of PHP, whose errors are exceptions."""
    return (
        "try {\n"
        f"  $result = civicrm_api3({php_text(entity)}, {php_text(action)}, "
        f"{PHP.literal(params, 2)});\n"
        "}\n"
        "catch (CiviCRM_API3_Exception $e) {\n"
        "  $error = $e->getMessage();\n"
        "}"
    )


def by_kernel(entity: str, action: str, params: Params) -> str:
    """Return the canonical call of the kernel."""
    return (
        f"$result = Civi::service('civi_api_kernel')->run({php_text(entity)}, {php_text(action)}, "
        f"{PHP.literal({'version': 3, **params})});"
    )


def by_class(entity: str, action: str, params: Params, base_url: str) -> str:
    """Return the program that uses the published class for remote calls."""
    server = {"server": base_url, "key": SITE_KEY, "api_key": API_KEY}
    return (
        "require_once 'class.api.php';\n"
        f"$api = new civicrm_api3({PHP.literal(server)});\n"
        f"if ($api->{entity}->{action[:1].upper()}{action[1:]}({PHP.literal(params)})) {{\n"
        "  print_r($api->result());\n"
        "}\n"
        "else {\n"
        "  echo $api->errorMsg();\n"
        "}"
    )


def by_rest(entity: str, action: str, params: Params, base_url: str) -> str:
    """Return the address for other servers, with placeholders for the keys."""
    query = {"entity": entity, "action": action, "json": compact(params)}
    keys = {"api_key": API_KEY, "key": SITE_KEY}
    method = "" if is_reading(action) else "POST "
    return f"{method}{base_url}/extern/rest.php?{urlencode({**query, **keys}, quote_via=quote)}"


def by_curl(entity: str, action: str, params: Params, base_url: str) -> str:
    """Return the same for a shell."""
    if is_reading(action):
        return f"curl {shlex.quote(by_rest(entity, action, params, base_url))}"
    fields = {"entity": entity, "action": action, "json": compact(params)}
    fields |= {"api_key": API_KEY, "key": SITE_KEY}
    sent = [f"  --data-urlencode {shlex.quote(f'{key}={item}')}" for key, item in fields.items()]
    return " \\\n".join([f"curl {shlex.quote(f'{base_url}/extern/rest.php')}", *sent])


def by_script(entity: str, action: str, params: Params) -> str:
    """Return the call of scripts in pages of this site."""
    return (
        f"CRM.api3({json_text(entity)}, {json_text(action)}, {JAVASCRIPT.literal(params)})"
        ".then(function(result) {\n"
        "  // do something with result\n"
        "});"
    )


def by_ajax(entity: str, action: str, params: Params) -> str:
    """Return the address for pages whose reader is signed in."""
    query = {"entity": entity, "action": action, "json": compact(params)}
    method = "GET" if is_reading(action) else "POST"
    return (
        f"{method} /civicrm/ajax/rest?{urlencode(query, quote_via=quote)}\n"
        "X-Requested-With: XMLHttpRequest"
    )


ONLY_READS = "Templates only read."


def by_smarty(entity: str, action: str, params: Params) -> str:
    """Return the tag of Smarty; it adds information, so it never writes."""
    if not is_reading(action):
        return f"{{* {ONLY_READS} *}}"
    return f"{{crmAPI {_attributes(entity, action, params)}}}\n{{$result.count}}"


def by_template(entity: str, action: str, params: Params) -> str:
    """Return the tag of Django's templates."""
    if not is_reading(action):
        return f"{{# {ONLY_READS} #}}"
    attributes = _attributes(entity, action, params)
    return f"{{% load civicrm %}}{{% crmAPI {attributes} %}}\n{{{{ result.count }}}}"


def _attributes(entity: str, action: str, params: Params) -> str:
    """Return plain parameters as attributes, and the others together as JSON."""
    plain = {name: item for name, item in params.items() if _is_attribute(name, item)}
    nested = {name: item for name, item in params.items() if name not in plain}
    call = {"var": "result", "entity": entity, "action": action, "version": "3"}
    shown = [f'{name}="{item}"' for name, item in {**call, **plain}.items()]
    if nested:
        shown.append("json='" + compact(nested).replace("'", "\\u0027") + "'")
    return " ".join(shown)


def _is_attribute(name: str, value: object) -> bool:
    return name.isidentifier() and isinstance(value, str | int) and '"' not in str(value)


def by_command(tool: str, entity: str, action: str, params: Params) -> str:
    """Return the line for a shell: ``key=value``, or JSON where values are nested."""
    flat = {key: value for name, value in params.items() for key, value in _flat(name, value)}
    if all(isinstance(value, str | int) for value in flat.values()):
        words = [shlex.quote(f"{name}={value}") for name, value in flat.items()]
        return " ".join([tool, f"{entity}.{action}", *words])
    option = "--input=json" if tool.startswith("wp") else "--in=json"
    return f"echo {shlex.quote(compact(params))} | {tool} {entity}.{action} {option}"


def _flat(name: str, value: object) -> list[tuple[str, object]]:
    if name == "options" and isinstance(value, Mapping):
        return [(f"options.{key}", item) for key, item in value.items()]
    return [(name, value)]


def in_python(entity: str, action: str, params: Params) -> str:
    """Return the call of Python within the server's own process."""
    return (
        "from api.civicrm.kernel import civicrm_api3\n\n"
        f"result = civicrm_api3({json_text(entity)}, {json_text(action)}, "
        f"{PYTHON.literal(params)})"
    )
