"""An export beside the ORM's iterator with prefetch, in processor time.

`python -m benchmarks.exports [--sizes 100000] [--sample 2000] [--engine postgresql]`

The floor writes contacts with all that hangs on them from model instances, for some of them only:
each takes as long.
"""

import gc
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from benchmarks import command, databases
from benchmarks.clock import spent
from benchmarks.figures import Figure
from benchmarks.goals import measured

CHUNK = 2_000
ROUNDS = 3
CHILDREN = frozenset(
    {
        *("EmailAddress", "Phone", "PostalAddress", "Website", "Messenger"),
        *("CustomValue", "ContactTag", "ContactProject"),
    }
)


def measure(sizes: Sequence[int], sample: int) -> list[Figure]:
    """Return how many contacts a second are written by both."""
    found = []
    for size in sizes:
        databases.prepared(size)
        rates = databases.in_process(size, "exports", f"--sample={sample}")
        title = "export json / ORM iterator"
        found.append(measured("15", title, rates["ours"], rates["orm"], "rows/s", size))
    return found


def rates_of(sample: int) -> dict[str, float]:
    """Return the contacts a second that an export writes, and those that the ORM does."""
    import django  # noqa: PLC0415 -- only in the process that measures
    from django.core.management import call_command, load_command_class  # noqa: PLC0415 -- the same

    django.setup()
    # What it takes to read our own modules says nothing of a contact.
    export = load_command_class("contacts", "export")
    with tempfile.TemporaryDirectory() as folder:
        path, some = Path(folder) / "all.json", Path(folder) / "some.json"
        ours, orm = [], []
        # In turns, as other programs slow both down; the first ones also read what is kept.
        usual = gc.get_threshold()
        for _round in range(ROUNDS):
            started = spent()
            with (Path(folder) / "told").open("w") as told:
                call_command(export, str(path), json=True, stdout=told)
            ours.append((spent() - started) / 1000)
            # An export looks for circles less often; whoever knows nothing of it does not.
            gc.set_threshold(*usual)
            started = spent()
            written = _write_instances(some, sample)
            orm.append((spent() - started) / 1000)
        rows = len(orjson.loads(path.read_bytes()))
        return {"ours": rows / min(ours), "orm": written / min(orm)}


def _write_instances(path: Path, sample: int) -> int:
    """Write contacts from instances, with everything that an export tells of them."""
    from contacts.models import Contact  # noqa: PLC0415 -- after the set-up

    children = [
        name
        for relation in Contact._meta.related_objects
        if relation.related_model.__name__ in CHILDREN and relation.one_to_many
        if (name := relation.get_accessor_name())
    ]
    contacts = Contact.objects.order_by("pk").prefetch_related(*children)[:sample]
    count = 0
    with path.open("wb") as file:
        for contact in contacts.iterator(chunk_size=CHUNK):
            record = _columns(contact)
            for name in children:
                record[name] = [_columns(each) for each in getattr(contact, name).all()]
            file.write(orjson.dumps(record, default=str) + b"\n")
            count += 1
    return count


def _columns(row: Any) -> dict[str, Any]:  # noqa: ANN401 -- any model's
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def main() -> int:
    """Measure, or be the process that measures one size."""
    parser = command.parser(__doc__, [100_000])
    parser.add_argument("--sample", type=int, default=2_000)
    options = parser.parse_args()
    if options.size:
        print(json.dumps(rates_of(options.sample)))
        return 0
    return command.run(options, lambda: measure(options.sizes, options.sample))


if __name__ == "__main__":
    sys.exit(main())
