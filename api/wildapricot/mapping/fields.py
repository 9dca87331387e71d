"""The fields of this protocol: what each is called, described as, and means.

Ids and codes are upstream's where it has the field (7xxx belong to members); 9001 and up are facts
of ours that upstream's accounts keep in custom fields, so that the documentation's examples work.
"""

from dataclasses import dataclass

from api.wildapricot.mapping.meanings.base import Meaning

CUSTOM_FROM = 10_000
CORE_FROM = 9_000


@dataclass(frozen=True, kw_only=True)
class WireField:
    """One field.

    ``field_type`` and ``display`` are upstream's words for how it is typed in; most built-in fields
    have neither. ``is_built_in`` fields cannot be renamed upstream. A field with ``level_ids`` is
    only there for members at these levels.
    """

    id: int
    name: str
    meaning: Meaning
    code: str = ""
    is_editable: bool = True
    is_searchable: bool = True
    is_built_in: bool = False
    is_system: bool = True
    member_only: bool = False
    level_ids: frozenset[int] = frozenset()
    access: str = "Public"
    field_type: str = ""
    display: str = ""
    max_length: int = 0
    instructions: str = ""
    terms_url: str = ""
    is_required: bool = False

    @property
    def system_code(self) -> str:
        """Return the code by which programs name the field."""
        return self.code or f"custom-{self.id}"

    @property
    def type(self) -> str:
        """Return upstream's word for the type."""
        return self.meaning.type

    def is_there_for(self, level_id: object) -> bool:
        """Tell whether contacts at a membership level, or at none (None), have the field."""
        if self.level_ids:
            return level_id in self.level_ids
        return level_id is not None or not self.member_only
