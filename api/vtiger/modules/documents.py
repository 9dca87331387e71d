"""Documents and DocumentFolders: files, texts and links, and where they lie."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO

from api.vtiger.grammar import Comparison
from api.vtiger.mapping.belonging import marks, owner, times
from api.vtiger.mapping.comparing import NOTHING, is_so, text_condition
from api.vtiger.mapping.field import Document, Draft, Look, WireField
from api.vtiger.mapping.ids import write_id
from api.vtiger.mapping.plain import FlagField, NumberField, TextField
from api.vtiger.mapping.references import NumberedField, PersonField, ReferenceField, Target
from api.vtiger.modules.changing import with_present
from api.vtiger.modules.table import Module
from api.wire.multipart import FilePart
from contacts.access import Actor
from contacts.query import And, Condition, Not, Or, field_of, get_record
from contacts.services.attachments import delete_attachment
from contacts.services.documents import NewFile, create_document, update_document
from contacts.services.folders import create_folder, delete_folder, update_folder

KIND, FOLDER_KIND = "attachment", "folder"
DOCUMENT = Target("Documents", 15, KIND)
FOLDER = Target("DocumentFolders", 22, FOLDER_KIND)
RIGHTS = {"create": "add_contacts", "update": "edit_contacts", "archive": "edit_contacts"}

# Under this key a file travels among the values of a draft.
FILE = "file"
INTERNAL, EXTERNAL = "I", "E"
Change = Callable[[Document], Mapping[str, object]]


@dataclass(frozen=True, kw_only=True)
class FileField(WireField):
    """The name of a file, or the address of a link; the file itself comes as a part of a form."""

    name: str = "filename"
    label: str = "File Name"
    type: str = "file"
    key: str = "filename"

    def shown(self, document: Document, look: Look) -> str:
        """Return the address of a link, else the name."""
        return str(document.get("link") or document.get(self.key) or "")

    def put(self, text: str, draft: Draft) -> None:
        """Keep an address; the name of a file is the file's own."""
        draft.file_name = text.strip()
        if "://" in text or (not text and draft.document.get("link")):
            draft.values["link"] = text

    def take(self, draft: Draft) -> None:
        """Let the file travel with the values."""
        if draft.file is not None:
            draft.values[FILE] = draft.file

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare what is shown."""
        link, name = (field_of(actor, KIND, key) for key in ("link", self.key))
        no_link = text_condition(link, Comparison(comparison.name, "=", ("",)))
        return Or(
            (
                And((Not(no_link), text_condition(link, comparison))),
                And((no_link, text_condition(name, comparison))),
            )
        )


@dataclass(frozen=True, kw_only=True)
class LocationField(WireField):
    """Whether there is a file, or a link to somewhere else."""

    def shown(self, document: Document, look: Look) -> str:
        """Return I or E."""
        return EXTERNAL if document.get("link") else INTERNAL

    def put(self, text: str, draft: Draft) -> None:
        """Take what is no address yet for one where it says so, as the original does.

        Else leave it: it follows from what there is.
        """
        name = draft.file_name
        if text.strip().upper() == EXTERNAL and name and "://" not in name:
            draft.values["link"] = f"http://{name}"

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare the letters."""
        link = field_of(actor, KIND, "link")
        no_link = text_condition(link, Comparison(comparison.name, "=", ("",)))
        parts = ((INTERNAL, no_link), (EXTERNAL, Not(no_link)))
        chosen = tuple(condition for letter, condition in parts if is_so(letter, comparison))
        return Or(chosen) if chosen else NOTHING


@dataclass(frozen=True, kw_only=True)
class TitleField(TextField):
    """The title; a mere attachment is called as its file."""

    def shown(self, document: Document, look: Look) -> str:
        """Return the title, else the file's name."""
        return str(document.get(self.key) or document.get("filename") or "")

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare what is shown."""
        title, name = (field_of(actor, KIND, key) for key in (self.key, "filename"))
        untitled = text_condition(title, Comparison(comparison.name, "=", ("",)))
        return Or(
            (
                And((Not(untitled), text_condition(title, comparison))),
                And((untitled, text_condition(name, comparison))),
            )
        )


def _file_of(values: dict[str, object]) -> NewFile | None:
    part = values.pop(FILE, None)
    if not isinstance(part, FilePart):
        return None
    return NewFile(BytesIO(part.content), part.filename, part.content_type)


def create(actor: Actor, values: Mapping[str, object]) -> Document:
    """Keep a document with the file that came along."""
    kept = dict(values)
    file = _file_of(kept)
    return create_document(actor, kept, file=file)


def update(actor: Actor, record_id: int, change: Change) -> Document:
    """Change a document, and its file where one came along."""
    kept = dict(change(get_record(actor, KIND, record_id)))
    file = _file_of(kept)
    return update_document(actor, record_id, kept, file=file)


def single(document: Document) -> Mapping[str, object]:
    """Name the file, as the original does of records that have one."""
    has_file = document.get("filename") and not document.get("link")
    return {"imageattachmentids": write_id(DOCUMENT.number, document["id"])} if has_file else {}


def read_folder(actor: Actor, record_id: int) -> Document:
    """Return the document of a folder."""
    return get_record(actor, FOLDER_KIND, record_id)


@dataclass(frozen=True, kw_only=True)
class SizeField(NumberField):
    """The length of a file."""

    is_editable: bool = False


@dataclass(frozen=True, kw_only=True)
class ReadOnlyText(TextField):
    """A text that follows from the file."""

    is_editable: bool = False


DOCUMENTS = Module(
    name=DOCUMENT.name,
    number=DOCUMENT.number,
    label="Documents",
    id_label="notesid",
    kind=KIND,
    label_fields=("notes_title",),
    create=create,
    update=update,
    archive=delete_attachment,
    rights=RIGHTS,
    has_trash=False,
    single=single,
    fields=(
        TitleField(name="notes_title", label="Title", key="title", kind=KIND, is_mandatory=True),
        *list(times(KIND))[:2],
        FileField(),
        owner(KIND),
        TextField(name="notecontent", label="Note", type="text", key="content", kind=KIND),
        ReadOnlyText(name="filetype", label="File Type", key="content_type", kind=KIND),
        SizeField(name="filesize", label="File Size", key="size", kind=KIND, unset="0"),
        LocationField(name="filelocationtype", label="Download Type"),
        TextField(name="fileversion", label="Version", key="version", kind=KIND),
        FlagField(name="filestatus", label="Active", key="is_active", kind=KIND, default="1"),
        SizeField(
            name="filedownloadcount",
            label="Download Count",
            key="download_count",
            kind=KIND,
            unset="0",
        ),
        ReferenceField(
            name="folderid", label="Folder Name", key="folder", kind=KIND, targets=(FOLDER,)
        ),
        NumberedField(name="note_no", label="Document No", prefix="DOC", kind=KIND),
        *list(times(KIND))[2:],
        *marks(KIND),
    ),
)

FOLDERS = Module(
    name=FOLDER.name,
    number=FOLDER.number,
    label="DocumentFolders",
    id_label="folderid",
    kind=FOLDER_KIND,
    is_entity=False,
    label_fields=("foldername",),
    create=create_folder,
    update=with_present(read_folder, update_folder),
    archive=delete_folder,
    rights=dict.fromkeys(("create", "update", "archive"), "add_contacts"),
    has_trash=False,
    fields=(
        TextField(
            name="foldername", label="foldername", key="name", kind=FOLDER_KIND, is_mandatory=True
        ),
        TextField(name="description", label="description", key="description", kind=FOLDER_KIND),
        PersonField(name="createdby", label="createdby", keys=("author",), kind=FOLDER_KIND),
        NumberField(name="sequence", label="sequence", key="position", kind=FOLDER_KIND),
    ),
)
