"""Words of companies, jobs, tags and work from which demo contacts are put together."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COMPANY_WORDS = _words(
    "Northwind Acme Globex Initech Umbrella Vega Orion Helios Aurora Delta Quantum Silver "
    "Baltic Nordic Alpine Pacific Meridian Summit Harbor Lotus Вектор Заря Альфа"
)
# Under the top-level domains that are nobody's: mail to them reaches nobody.
MAIL_PROVIDERS = _words(
    "example.com freemail.test example.org postbox.test example.net mail.example letters.test "
    "webmail.example"
)
COMPANY_KINDS = _words("Ltd Inc GmbH Group Partners Labs Systems Foods Logistics Design Энерго")
JOBS = (
    "Engineer",
    "Sales Manager",
    "Accountant",
    "CEO",
    "Designer",
    "Buyer",
    "Support Agent",
    "Marketing Lead",
    "Lawyer",
    "Researcher",
    "Директор",
    "Бухгалтер",
    "Menedżer",
    "Architect",
    "Editor",
    "Translator",
    "Office Manager",
    "Warehouse Clerk",
    "Менеджер по продажам",
    "Geschäftsführer",
)
RANKS = _words("Senior Junior Chief Assistant Deputy Regional Lead")
TAGS = (
    "vip",
    "cold call",
    "referral",
    "newsletter",
    "partner",
    "supplier",
    "press",
    "investor",
    "alumni",
    "donor",
    "volunteer",
    "на контроле",
    "trade show",
    "do not disturb",
    "wholesale",
    "retail",
    "beta tester",
    "speaker",
    "lead",
    "former client",
)
NOTES = (
    "Called about the renewal; will decide next week.",
    "Met at the trade show, asked for a price list.",
    "Prefers to be written to in the mornings.",
    "Попросил прислать договор до пятницы.",
    "Sent the offer, waiting for an answer.",
)
DEALS = (
    "Annual licence",
    "Support contract",
    "Pilot project",
    "Office supplies",
    "Поставка оборудования",
    "Website redesign",
    "Training for the team",
)
ACTIVITIES = ("Call back", "Send the contract", "Demo of the product", "Lunch", "Обсудить условия")
