"""Names, places and words in several scripts from which demo contacts are put together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Culture:
    """What names and places are like in one part of the world."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    cities: tuple[tuple[str, str, str], ...]
    country: str
    dial: str
    streets: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CULTURES = (
    Culture(
        _words(
            "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William "
            "Barbara Tom Susan Jessica Sarah Karen Emily Daniel Grace"
        ),
        _words(
            "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Moore "
            "Jackson Martin Lee Thompson White Harris Clark Lewis Walker"
        ),
        (
            ("New York", "NY", "10001"),
            ("Chicago", "IL", "60601"),
            ("Austin", "TX", "73301"),
            ("Seattle", "WA", "98101"),
        ),
        "US",
        "+1 212 555",
        ("Main Street", "Oak Avenue", "Maple Drive", "Park Road"),
    ),
    Culture(
        _words(
            "Иван Мария Алексей Елена Дмитрий Ольга Сергей Наталья Андрей Татьяна Пётр Анна "
            "Николай Ирина Фёдор Юлия Артём Ксения"
        ),
        _words(
            "Иванов Петров Сидоров Кузнецов Соколов Попов Лебедев Козлов Новиков Морозов "
            "Волков Соловьёв Васильев Зайцев Павлов"
        ),
        (
            ("Москва", "Московская область", "101000"),
            ("Санкт-Петербург", "", "190000"),
            ("Казань", "Татарстан", "420000"),
            ("Новосибирск", "", "630000"),
        ),
        "RU",
        "+7 495 111",
        ("улица Ленина", "Невский проспект", "Садовая улица", "улица Мира"),
    ),
    Culture(
        _words(
            "Hans Anna Jürgen Ursula Klaus Sabine Björn Käthe Günther Petra Lukas Leonie Jörg Heike"
        ),
        _words(
            "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schäfer Köhler Groß "
            "Zimmermann Krüger"
        ),
        (
            ("Berlin", "", "10115"),
            ("München", "Bayern", "80331"),
            ("Köln", "NRW", "50667"),
            ("Hamburg", "", "20095"),
        ),
        "DE",
        "+49 30 2345",
        ("Hauptstraße", "Bahnhofstraße", "Gartenweg", "Schloßallee"),
    ),
    Culture(
        _words("José María Antonio Carmen Juan Lucía Sergio Begoña Íñigo Núria Álvaro Pilar"),
        _words("García Martínez López Sánchez Pérez Gómez Núñez Muñoz Ibáñez Peña Ordóñez"),
        (
            ("Barcelona", "Catalunya", "08029"),
            ("Madrid", "", "28001"),
            ("Málaga", "Andalucía", "29001"),
        ),
        "ES",
        "+34 93 123",
        ("Calle Valencia", "Gran Vía", "Avenida Diagonal", "Plaza Mayor"),
    ),
    Culture(
        _words("太郎 花子 健一 美咲 翔太 さくら 大輔 陽子"),
        _words("佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村"),
        (("東京", "", "100-0001"), ("大阪", "", "530-0001"), ("京都", "", "600-8001")),
        "JP",
        "+81 3 1234",
        ("千代田", "中央", "本町"),
    ),
    Culture(
        _words("Γιώργος Μαρία Δημήτρης Ελένη Κώστας Σοφία"),
        _words("Παπαδόπουλος Νικολαΐδης Γεωργίου Δημητρίου Κωνσταντίνου"),
        (("Αθήνα", "", "105 57"), ("Θεσσαλονίκη", "", "546 22")),
        "GR",
        "+30 210 321",
        ("Ερμού", "Πανεπιστημίου"),
    ),
    Culture(
        _words("محمد فاطمة أحمد ليلى يوسف مريم خالد سارة"),
        _words("الحسن العلي حداد منصور ناصر خوري"),
        (("القاهرة", "", "11511"), ("الإسكندرية", "", "21500")),
        "EG",
        "+20 2 2345",
        ("شارع النيل", "شارع التحرير"),
    ),
)

COMPANY_WORDS = _words(
    "Northwind Acme Globex Initech Umbrella Vega Orion Helios Aurora Delta Quantum Silver "
    "Baltic Nordic Alpine Pacific Meridian Summit Harbor Lotus Вектор Заря Альфа"
)
COMPANY_KINDS = _words("Ltd Inc GmbH Group Partners Labs Systems Foods Logistics Design Энерго")
JOBS = (
    "CEO",
    "Sales Manager",
    "Engineer",
    "Accountant",
    "Designer",
    "Buyer",
    "Support Agent",
    "Marketing Lead",
    "Lawyer",
    "Researcher",
    "Директор",
    "Бухгалтер",
    "Menedżer",
)
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
