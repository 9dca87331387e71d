"""Read the block of text at the end of a mail: who wrote it, where they work, how to reach them.

What is found is a proposal: it is shown in the form, and nothing is stored before a person saves.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from contacts.fields import reference
from contacts.fields.text import digits_of, fold

MOST_LINES = 40
LEAST_DIGITS = 7
MOST_DIGITS = 15

EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
WEBSITE = re.compile(r"(?:https?://|www\.)[^\s|,;<>()]+", re.IGNORECASE)
PHONE = re.compile(r"\+?\(?\d[\d\s()./-]{5,}\d")
# "Tel.: …", "M …": what stands before a number, with the type of phone that it means.
PHONE_WORDS = (
    (("mobile", "mobil", "mob", "cell", "handy", "m", "моб", "сот"), "Mobile"),
    (("fax", "telefax", "f", "факс"), "Fax"),
)
TOWN = re.compile(
    r"\b(?:[A-Z]{1,2}-)?(\d{4,6})\s+([^\W\d][\w .'-]+)|^([^\W\d][\w .'-]+),?\s+(\d{5,6})$"
)
STREET = re.compile(
    r"\d+\w?$|^\d+\s+\w|stra(?:ss|ß)e|str\.|street|avenue|road|platz|weg\b|ул\.|улица|проспект",
    re.IGNORECASE,
)
COMPANY = re.compile(
    r"\b(gmbh|ag|kg|ug|e\.?v\.?|inc|llc|ltd|limited|corp|plc|s\.?a\.?|s\.?r\.?l|b\.?v\.?|oy|ab"
    r"|company|group|verein|ооо|ао|пао|ип|зао)\b\.?",
    re.IGNORECASE,
)
JOB = re.compile(
    r"manager|director|head of|chief|officer|engineer|developer|consultant|assistant|president"
    r"|founder|partner|sales|leiter|geschäftsführ|berater|vorstand|директор|менеджер|инженер"
    r"|руководитель|начальник|специалист|бухгалтер",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"^(--+|—+|kind|best|warm|many|with|sincerely|regards|thanks|thank you|cheers|mit freundlichen"
    r"|freundliche|viele|beste|с уважением|sent from|gesendet)",
    re.IGNORECASE,
)
# Between the parts of a line that says several things.
PARTS = re.compile(r"\s*[|•·]\s*|\s{3,}|\t+")


@dataclass(slots=True)
class Signature:
    """What a block of text says of its writer."""

    values: dict[str, str] = field(default_factory=dict)
    emails: list[str] = field(default_factory=list)
    phones: list[tuple[str, str]] = field(default_factory=list)
    websites: list[str] = field(default_factory=list)
    address: dict[str, str] = field(default_factory=dict)

    def rows(self, name: str) -> list[dict[str, object]]:
        """Return what was found of one kind of channel, as rows of a form hold it."""
        kinds = reference.options()
        found: dict[str, list[dict[str, object]]] = {
            "emails": [{"address": email} for email in self.emails],
            "phones": [
                {"number": number, "type_id": option.pk if option else None}
                for number, kind in self.phones
                for option in [kinds.find("phone_type", kind) if kind else None]
            ],
            "websites": [{"url": site} for site in self.websites],
            "addresses": [dict(self.address)] if self.address else [],
        }
        return found.get(name, [])


def read_signature(text: str) -> Signature:
    """Return what can be made out."""
    found = Signature()
    rest = []
    for line in _lines(text):
        without = _take_channels(found, line)
        if without:
            rest.append(without)
    rest = _take_address(found, rest)
    _take_names(found, rest)
    return found


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines()[:MOST_LINES]:
        for part in PARTS.split(line):
            clean = part.strip(" ,;")
            if clean and not GREETING.match(clean):
                yield clean


def _take_channels(found: Signature, line: str) -> str:
    """Take e-mails, sites and phones from a line; returns what else it says."""
    for email in EMAIL.findall(line):
        if email not in found.emails:
            found.emails.append(email)
    line = EMAIL.sub("", line)
    found.websites += [site.rstrip("./") for site in WEBSITE.findall(line)]
    line = WEBSITE.sub("", line)
    for match in PHONE.finditer(line):
        if LEAST_DIGITS <= len(digits_of(match[0])) <= MOST_DIGITS:
            found.phones.append((match[0].strip(), _phone_type(line[: match.start()])))
            line = line.replace(match[0], "")
    # A bare label is left of a line that held nothing else.
    return "" if re.fullmatch(r"[\W\d]*(\w{1,9}[.:\s]*){0,2}", line) and _is_label(line) else line


def _phone_type(before: str) -> str:
    words = re.findall(r"\w+", fold(before))
    last = words[-1] if words else ""
    return next((kind for names, kind in PHONE_WORDS if last in names), "")


def _is_label(line: str) -> bool:
    labels = {"tel", "telefon", "phone", "t", "p", "e", "email", "e-mail", "mail", "web", "www"}
    labels |= {"тел", "телефон", "почта", "сайт", "w", "direct", "office"}
    labels |= {name for names, _kind in PHONE_WORDS for name in names}
    return all(word in labels for word in re.findall(r"[\w-]+", fold(line)))


def _take_address(found: Signature, lines: list[str]) -> list[str]:
    """Take the line with postcode and town, with the street before it; returns the others."""
    for number, line in enumerate(lines):
        town = TOWN.search(line)
        if town is None:
            continue
        found.address = {"postcode": town[1] or town[4], "city": (town[2] or town[3]).strip()}
        street = line[: town.start()].strip(" ,")
        used = {number}
        if not street and number and STREET.search(lines[number - 1]):
            street = lines[number - 1]
            used.add(number - 1)
        if street:
            found.address["street1"] = street
        return [each for place, each in enumerate(lines) if place not in used]
    return lines


def _take_names(found: Signature, lines: list[str]) -> None:
    """Take company, job and name: the first line that is neither of the two is the name."""
    names = []
    for line in lines:
        if "company" not in found.values and COMPANY.search(line):
            found.values["company"] = line
        elif "job_title" not in found.values and JOB.search(line):
            found.values["job_title"] = line
        else:
            names.append(line)
    words = names[0].split() if names else []
    if 0 < len(words) <= 5 and not any(letter.isdigit() for letter in names[0]):
        found.values["first_name"] = " ".join(words[:-1]) or words[0]
        if len(words) > 1:
            found.values["last_name"] = words[-1]
