"""A word that is looked for in the search text of a contact before a text of it is folded.

No trigram leads to words of one or two letters, nor do these to few whom very many have elsewhere.
But what holds them is in the search text, folded already: to look there takes PostgreSQL a tenth of
the time of folding a text that is not of plain letters alone.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, F, OuterRef, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler

from contacts.fields.field import Comparison
from contacts.fields.storage.comparisons import many
from contacts.fields.storage.lookups import PerRow, Sql
from contacts.fields.text import longest_word
from contacts.models import ContactText

# What fits these has the words of the value.
WORDED = frozenset({"eq", "in", "contains", "starts_with", "ends_with", "like"})


def word_of(comparison: Comparison) -> str:
    """Return the longest word, folded, that is in each text that fits, or "" where none is."""
    values = many(comparison.value)
    if comparison.case_sensitive or comparison.operator not in WORDED or len(values) != 1:
        return ""
    return longest_word(str(values[0]))


class WhereFound(Case):
    """A text of a contact as far as its search text has a word, else the empty one."""

    def __init__(self, text: Combinable, column: str, word: str) -> None:
        texts = ContactText.objects.filter(contact=OuterRef("pk"))
        found = When(PerRow(texts.filter(**{f"{column}__like": f"%{word}%"})), then=text)
        super().__init__(found, default=Value(""), output_field=TextField())

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Sql:
        """Return the text itself: SQLite has folded it as soon as it has looked elsewhere."""
        sql, params = compiler.compile(self.cases[0].result)
        return sql, tuple(params)


def where_found(text: str | Combinable, column: str, comparison: Comparison) -> str | Combinable:
    """Return a text that is looked into only where the search text has a word that it has to have.

    `column` is that of the search text which has all of it.
    """
    word = word_of(comparison)
    if not word or not column:
        return text
    return WhereFound(F(text) if isinstance(text, str) else text, column, word)
