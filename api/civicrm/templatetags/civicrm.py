"""Put the answer of a call into a page: ``{% crmAPI var="found" entity="Contact" … %}``.

The tag reads only, and what the visitor of the page may see.
"""

import json
from typing import Any

from django.template import Context, Library, TemplateSyntaxError
from django.template.context import RequestContext
from django.utils.html import escape

from api.civicrm.kernel import civi_api
from contacts.access import Actor, actor_of

register = Library()

Params = dict[str, Any]  # JSON
# Attributes that are about the tag and no parameters of the call.
_ABOUT = frozenset({"var", "entity", "action", "json"})


# The name of the original's tag, which templates are written with.
@register.simple_tag(takes_context=True, name="crmAPI")
def crm_api(context: Context, **given: Any) -> str:
    """Return the answer as text, or put it into the variable ``var``; section 7."""
    entity = given.get("entity")
    if not entity:
        raise TemplateSyntaxError("crmAPI: missing 'entity' parameter")
    action = str(given.get("action") or "get")
    if not action.lower().startswith("get"):
        raise TemplateSyntaxError(f"crmAPI: {action!r} changes data; pages only read")
    params, wants_text = _params(given)
    actor = _actor(context)
    result = (
        civi_api(entity, action, params, actor)
        if actor is not None
        else {"is_error": 1, "error_message": "Sign in to see this."}
    )
    text = json.dumps(result, ensure_ascii=False)
    name = given.get("var")
    if not name:
        return escape(text)
    context[str(name)] = text if wants_text else result
    return ""


def _params(given: Params) -> tuple[Params, bool]:
    """Return the parameters of the call, and whether ``var`` shall hold JSON text."""
    asked = given.get("json")
    inner: Params = {}
    if isinstance(asked, str) and asked.lstrip().startswith("{"):
        try:
            inner = json.loads(asked)
        except ValueError:
            raise TemplateSyntaxError("crmAPI: 'json' is not a JSON object") from None
    params = {name: value for name, value in given.items() if name not in _ABOUT}
    return {"sequential": 1, **inner, **params}, bool(asked) and not inner and asked != "0"


def _actor(context: Context) -> Actor | None:
    """Return the visitor of the page, or None for nobody."""
    request = context.request if isinstance(context, RequestContext) else context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return actor_of(user, dialect="civicrm")
