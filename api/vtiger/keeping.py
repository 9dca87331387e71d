"""Write contacts once while neither they nor the records that they refer to change."""

from collections.abc import Sequence
from typing import NamedTuple

from api.base.kept_writing import KeptWriting
from api.vtiger.mapping.field import Wire, WireField
from api.vtiger.mapping.looking import PageLook, Reference
from api.vtiger.mapping.pages import write_all
from contacts.access import Actor
from contacts.query import StoredDocuments


class Kept(NamedTuple):
    """A record with what was found behind its references."""

    record: Wire
    behind: Sequence[tuple[Reference, str]]

    def holds(self, look: PageLook) -> bool:
        """Tell whether the same is behind them now."""
        return all(look.text_of(reference) == text for reference, text in self.behind)


_kept: KeptWriting[Kept] = KeptWriting()


def written(actor: Actor, fields: Sequence[WireField], documents: StoredDocuments) -> list[Wire]:
    """Return contacts as records of these fields."""
    manner = tuple([field.name for field in fields])
    known = _kept.known(actor, manner, len(documents))
    found = [known.get(body) for body in documents.bodies]
    unknown = [documents[place] for place, kept in enumerate(found) if kept is None]
    further = {reference for kept in found if kept for reference, _text in kept.behind}
    look = PageLook(actor, unknown, fields, further)
    left = [place for place, kept in enumerate(found) if kept is None or not kept.holds(look)]
    fresh = write_all(look, fields, [documents[place] for place in left])
    for place, record in zip(left, fresh, strict=True):
        references = look.references_in(documents[place])
        behind = [(each, look.text_of(each)) for each in references]
        known[documents.bodies[place]] = found[place] = Kept(record, behind)
    return [kept.record.copy() for kept in found if kept]
