"""Say the words of this protocol in a language.

The words are names of modules and labels of fields; they stand in the catalogues under ``locale``
of this package, with the name of the module as context and ``Vtiger`` for what is of none.
"""

from django.utils import translation
from django.utils.translation import get_supported_language_variant, pgettext

NO_MODULE = "Vtiger"


def translated(text: str, module: str = "", language: str = "") -> str:
    """Return a text in a language, by the module's own words first; unknown text as it is."""
    if not text:
        return text
    with translation.override(language_named(language)):
        for context in dict.fromkeys((module or NO_MODULE, NO_MODULE)):
            found = pgettext(context, text)
            if found != text:
                return found
        return translation.gettext(text)


def language_named(name: str) -> str:
    """Return the language of a name such as ``ru_ru``; English for one that there is not."""
    try:
        return get_supported_language_variant(name.strip().lower().replace("_", "-"))
    except LookupError:
        return "en"
