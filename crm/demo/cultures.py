"""Names, places and words in several scripts from which demo contacts are put together.

The first cultures are much more frequent than the last. Beside the family names that many have
there are those that few have, put together from two parts.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Culture:
    """What names and places are like in one part of the world."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    rare: tuple[tuple[str, ...], tuple[str, ...]]  # beginnings and ends of rarer family names
    cities: tuple[tuple[str, str, str], ...]
    country: str
    dial: str  # each # is a digit
    streets: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _places(text: str) -> tuple[tuple[str, str, str], ...]:
    """Return cities with their regions and postcodes, written a line each."""
    lines = (line.split("|") for line in text.strip().splitlines())
    return tuple(
        (city.strip(), region.strip(), postcode.strip()) for city, region, postcode in lines
    )


CULTURES = (
    Culture(
        _words(
            "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William "
            "Barbara Tom Susan Jessica Sarah Karen Emily Daniel Grace Thomas Nancy Charles Lisa "
            "Matthew Betty Anthony Sandra Mark Ashley Steven Donna Paul Michelle Andrew Carol "
            "Joshua Amanda Kenneth Melissa Kevin Deborah Brian Stephanie George Rebecca Timothy "
            "Laura Ronald Helen Edward Cynthia Jason Amy Ryan Angela Gary Ruth Nicholas Olivia"
        ),
        _words(
            "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Moore "
            "Jackson Martin Lee Thompson White Harris Clark Lewis Walker"
        ),
        (
            _words(
                "Ash Black Brad Bur Car Chester Clif Copper Crom Dal Easter Elling Fair Garner "
                "Green Hamil Har Hazel Hol Hunting Ken King Lang Law Long Man Mar Mid Nor Oak Pem "
                "Pres Rad Red Rock Ship Stan Stock Sut Thorn Under Wal West Whit Wood Wor"
            ),
            _words(
                "bridge brook bury by combe dale den field ford ham hill hurst ley man more "
                "ridge sey son stead ston stone thorpe ton well wick wood worth"
            ),
        ),
        _places(
            """
            New York|NY|10001
            Chicago|IL|60601
            Austin|TX|73301
            Seattle|WA|98101
            Boston|MA|02108
            Denver|CO|80202
            Portland|OR|97201
            Nashville|TN|37201
            Madison|WI|53703
            Savannah|GA|31401
            """
        ),
        "US",
        "+1 2## 555",
        (
            "Main Street",
            "Oak Avenue",
            "Maple Drive",
            "Park Road",
            "Mill Lane",
            "High Street",
            "Cedar Court",
            "Lake View",
            "Station Road",
            "Church Street",
            "Hill Road",
            "Elm Street",
        ),
    ),
    Culture(
        _words(
            "Иван Мария Алексей Елена Дмитрий Ольга Сергей Наталья Андрей Татьяна Пётр Анна "
            "Николай Ирина Фёдор Юлия Артём Ксения Михаил Светлана Александр Екатерина Владимир "
            "Людмила Максим Галина Егор Вера Павел Надежда Роман Любовь Константин Дарья Олег "
            "Полина Григорий Алина Тимофей Виктория"
        ),
        _words(
            "Иванов Петров Сидоров Кузнецов Соколов Попов Лебедев Козлов Новиков Морозов "
            "Волков Соловьёв Васильев Зайцев Павлов"
        ),
        (
            _words(
                "Анис Бел Берез Богат Вишн Гал Голуб Горш Гром Дуб Ермол Жар Зим Калин Карп Кир "
                "Климен Кравч Кули Лаз Лос Макар Мельн Мирон Назар Огур Остап Пантел Плат Рыб "
                "Савел Сер Смирн Степан Тарас Тих Уст Фад Хомяк Черн Шевч Щегл Юд Яким"
            ),
            _words("ов ин енко ский евич аев иков овский унов очкин"),
        ),
        _places(
            """
            Москва|Московская область|101000
            Санкт-Петербург||190000
            Казань|Татарстан|420000
            Новосибирск||630000
            Екатеринбург|Свердловская область|620000
            Самара||443000
            Омск||644000
            Тула|Тульская область|300000
            """
        ),
        "RU",
        "+7 4## 1##",
        (
            "улица Ленина",
            "Невский проспект",
            "Садовая улица",
            "улица Мира",
            "Лесная улица",
            "Школьная улица",
            "улица Гагарина",
            "Зелёная улица",
            "Набережная улица",
        ),
    ),
    Culture(
        _words(
            "Hans Anna Jürgen Ursula Klaus Sabine Björn Käthe Günther Petra Lukas Leonie Jörg "
            "Heike Stefan Monika Wolfgang Renate Uwe Birgit Matthias Karin Dieter Gisela Tobias "
            "Julia Florian Katharina Felix Lena Moritz Sophie Jan Hannah Philipp Marie"
        ),
        _words(
            "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schäfer Köhler Groß "
            "Zimmermann Krüger"
        ),
        (
            _words(
                "Acker Alten Asch Berg Birken Blumen Brunn Buchen Burg Dorn Eich Eller Falken Feld "
                "Fried Gold Grün Hage Heid Hirsch Hohen Kalten Kirch Klein Königs Linden Loh "
                "Marien Mühl Neu Nieder Ober Rosen Roten Schön Silber Stein Stolz Tann Wald Weiß"
            ),
            _words(
                "au bach baum berg born brink dorf eck feld garten haus heim hof holz mann "
                "meier stein tal ter wald weg"
            ),
        ),
        _places(
            """
            Berlin||10115
            München|Bayern|80331
            Köln|NRW|50667
            Hamburg||20095
            Leipzig|Sachsen|04109
            Bremen||28195
            Nürnberg|Bayern|90402
            Mainz|Rheinland-Pfalz|55116
            """
        ),
        "DE",
        "+49 30 2###",
        (
            "Hauptstraße",
            "Bahnhofstraße",
            "Gartenweg",
            "Schloßallee",
            "Lindenstraße",
            "Schulstraße",
            "Am Markt",
            "Waldweg",
            "Kirchgasse",
        ),
    ),
    Culture(
        _words(
            "José María Antonio Carmen Juan Lucía Sergio Begoña Íñigo Núria Álvaro Pilar Manuel "
            "Ana Francisco Isabel Javier Dolores Carlos Teresa Miguel Rosario Rafael Cristina "
            "Pedro Marta Ángel Elena Jorge Raquel"
        ),
        _words("García Martínez López Sánchez Pérez Gómez Núñez Muñoz Ibáñez Peña Ordóñez"),
        (
            _words(
                "Aceb Agu Alcán Alm Arellan Bel Barr Cald Camp Casti Cerv Cord Cuev Domín Esc "
                "Fonse Gall Herr Irib Llor Mald Mor Nav Olm Pache Quint Robl Salced Tol Urb Val Zam"
            ),
            _words("ada ales andez ano ante ar edo eda ejo era ero illa illo ina ona osa uela"),
        ),
        _places(
            """
            Barcelona|Catalunya|08029
            Madrid||28001
            Málaga|Andalucía|29001
            Sevilla|Andalucía|41001
            Valencia||46001
            Bilbao|Euskadi|48001
            """
        ),
        "ES",
        "+34 93 1##",
        (
            "Calle Valencia",
            "Gran Vía",
            "Avenida Diagonal",
            "Plaza Mayor",
            "Calle Real",
            "Paseo del Prado",
            "Calle Nueva",
        ),
    ),
    Culture(
        _words("太郎 花子 健一 美咲 翔太 さくら 大輔 陽子 蓮 結衣 隼人 葵 拓也 恵子 直樹 真由美"),
        _words("佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村"),
        (
            _words("青 石 上 小 大 岡 木 北 黒 西 野 林 東 福 藤 松 南 宮 森 吉"),
            _words("井 川 木 口 沢 島 田 谷 塚 戸 野 原 本 村 山"),
        ),
        _places(
            """
            東京||100-0001
            大阪||530-0001
            京都||600-8001
            札幌|北海道|060-0001
            福岡||810-0001
            """
        ),
        "JP",
        "+81 3 1###",
        ("千代田", "中央", "本町", "栄町", "緑"),
    ),
    Culture(
        _words(
            "Γιώργος Μαρία Δημήτρης Ελένη Κώστας Σοφία Νίκος Κατερίνα Γιάννης Βασιλική Παναγιώτης "
            "Άννα"
        ),
        _words("Παπαδόπουλος Νικολαΐδης Γεωργίου Δημητρίου Κωνσταντίνου"),
        (
            _words(
                "Αλεξ Αντων Βασιλ Γιανν Δημ Θεοδ Καρα Κυρι Μακρ Μιχαηλ Παν Πετρ Σταμ Στεφ Χριστ"
            ),
            _words("ίδης άκης όπουλος έλης άτος άρης"),
        ),
        _places(
            """
            Αθήνα||105 57
            Θεσσαλονίκη||546 22
            Πάτρα||262 21
            """
        ),
        "GR",
        "+30 210 3##",
        ("Ερμού", "Πανεπιστημίου", "Σταδίου", "Αθηνάς"),
    ),
    Culture(
        _words("محمد فاطمة أحمد ليلى يوسف مريم خالد سارة عمر نور حسن زينب علي هدى كريم أمينة"),
        _words("الحسن العلي حداد منصور ناصر خوري"),
        (
            _words("أبو بن آل عبد"),
            _words("الرحمن الكريم العزيز سالم زيد حمدان رشيد سعيد فهد قاسم مراد نجم شريف عيسى"),
        ),
        _places(
            """
            القاهرة||11511
            الإسكندرية||21500
            الجيزة||12511
            """
        ),
        "EG",
        "+20 2 2###",
        ("شارع النيل", "شارع التحرير", "شارع الجمهورية"),
    ),
)
