"""Say the words of this protocol in the user's language.

The words are the labels of modules and fields; they stand in the catalogue ``locale`` of this
package, with the name of the module as context.
"""

from django.utils import translation
from django.utils.translation import get_supported_language_variant, pgettext


def translated(text: str, module: str = "", language: str = "") -> str:
    """Return a text in a language, by the module's own words first; unknown text as it is."""
    if not text:
        return text
    with translation.override(language_named(language)):
        own = pgettext(module, text) if module else text
        return own if own != text else translation.gettext(text)


def language_named(name: str) -> str:
    """Return the language of a name such as ``ru_ru``; English for one that there is not."""
    try:
        return get_supported_language_variant(name.lower().replace("_", "-"))
    except LookupError:
        return "en"
