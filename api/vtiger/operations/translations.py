"""Words of modules in another language."""

from collections.abc import Mapping

from api.vtiger.registry import Context, vtiger_operation
from api.vtiger.translating import translated


@vtiger_operation(
    "gettranslation",
    method="POST",
    params=[("totranslate", "encoded"), ("language", "string"), ("module", "string")],
)
def gettranslation(ctx: Context, totranslate: object, language: str, module: str) -> dict[str, str]:
    """Return each text of a list, or each value of an object, with its translation."""
    texts = list(totranslate.values()) if isinstance(totranslate, Mapping) else totranslate
    if not isinstance(texts, list):
        return {}
    words = (str(text) for text in texts if isinstance(text, str | int | float))
    return {text: translated(text, module, language) for text in words}
