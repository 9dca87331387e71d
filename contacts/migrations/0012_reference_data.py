"""Fill what the reference tables have got: numbers of countries, states, more lists of options."""

import pycountry
from django.db import migrations

# Countries by their numbers in address books, from 1001 on; "--" is a number without a country.
FIRST_ATLAS_ID = 1001
ATLAS = [
    "AF",
    "AL",
    "DZ",
    "AS",
    "AD",
    "AO",
    "AI",
    "AQ",
    "AG",
    "AR",
    "AM",
    "AW",
    "AU",
    "AT",
    "AZ",
    "BH",
    "BD",
    "BB",
    "BY",
    "BE",
    "BZ",
    "BJ",
    "BM",
    "BT",
    "BO",
    "BA",
    "BW",
    "BV",
    "BR",
    "IO",
    "VG",
    "BN",
    "BG",
    "BF",
    "MM",
    "BI",
    "KH",
    "CM",
    "CA",
    "CV",
    "KY",
    "CF",
    "TD",
    "CL",
    "CN",
    "CX",
    "CC",
    "CO",
    "KM",
    "CD",
    "CG",
    "CK",
    "CR",
    "CI",
    "HR",
    "CU",
    "CY",
    "CZ",
    "DK",
    "DJ",
    "DM",
    "DO",
    "TL",
    "EC",
    "EG",
    "SV",
    "GQ",
    "ER",
    "EE",
    "ET",
    "--",
    "FK",
    "FO",
    "FJ",
    "FI",
    "FR",
    "GF",
    "PF",
    "TF",
    "GA",
    "GE",
    "DE",
    "GH",
    "GI",
    "GR",
    "GL",
    "GD",
    "GP",
    "GU",
    "GT",
    "GN",
    "GW",
    "GY",
    "HT",
    "HM",
    "VA",
    "HN",
    "HK",
    "HU",
    "IS",
    "IN",
    "ID",
    "IR",
    "IQ",
    "IE",
    "IL",
    "IT",
    "JM",
    "JP",
    "JO",
    "KZ",
    "KE",
    "KI",
    "KP",
    "KR",
    "KW",
    "KG",
    "LA",
    "LV",
    "LB",
    "LS",
    "LR",
    "LY",
    "LI",
    "LT",
    "LU",
    "MO",
    "MK",
    "MG",
    "MW",
    "MY",
    "MV",
    "ML",
    "MT",
    "MH",
    "MQ",
    "MR",
    "MU",
    "YT",
    "MX",
    "FM",
    "MD",
    "MC",
    "MN",
    "MS",
    "MA",
    "MZ",
    "NA",
    "NR",
    "NP",
    "--",
    "NL",
    "NC",
    "NZ",
    "NI",
    "NE",
    "NG",
    "NU",
    "NF",
    "MP",
    "NO",
    "OM",
    "PK",
    "PW",
    "PS",
    "PA",
    "PG",
    "PY",
    "PE",
    "PH",
    "PN",
    "PL",
    "PT",
    "PR",
    "QA",
    "RO",
    "RU",
    "RW",
    "RE",
    "SH",
    "KN",
    "LC",
    "PM",
    "VC",
    "WS",
    "SM",
    "SA",
    "SN",
    "SC",
    "SL",
    "SG",
    "SK",
    "SI",
    "SB",
    "SO",
    "ZA",
    "GS",
    "ES",
    "LK",
    "SD",
    "SR",
    "SJ",
    "SZ",
    "SE",
    "CH",
    "SY",
    "ST",
    "TW",
    "TJ",
    "TZ",
    "TH",
    "BS",
    "GM",
    "TG",
    "TK",
    "TO",
    "TT",
    "TN",
    "TR",
    "TM",
    "TC",
    "TV",
    "UG",
    "UA",
    "AE",
    "GB",
    "UM",
    "US",
    "UY",
    "UZ",
    "VU",
    "VE",
    "VN",
    "VI",
    "WF",
    "EH",
    "YE",
    "--",
    "ZM",
    "ZW",
    "AX",
    "RS",
    "ME",
    "JE",
    "GG",
    "IM",
    "SS",
    "CW",
    "SX",
    "BQ",
    "XK",
    "BL",
    "MF",
]
# Parts of the world by number; all other countries are in America.
AMERICA = 2
WORLD_REGIONS = {
    1: (
        "AL AD AQ AM AT AZ BY BE BA BV BG HR CY CZ DK EE FO FI FR TF DE GI GR VA HU IS IE IT KZ"
        " KG LV LI LT LU MK MT MD MC NL NO PL PT RO RU SM SK SI ES SJ SE CH TR TM UA GB UZ AX RS"
        " ME XK"
    ),
    3: "DZ BH EG GE IR IQ IL JO KW LB LY MA OM PS QA SA SD SY TJ TN AE EH YE",
    4: (
        "AF AU BD BB BT IO BN MM KH CN CX CC CK FJ PF TL GU HM HK IN ID JP KI KP KR LA MO MY MV"
        " MH FM MN NR NP NC NZ NU NF PK PW PG PH PN SG SB WS LK TW TH TK TO TV VU VN WF"
    ),
    5: (
        "AO BJ BW BF BI CM CV KY CF TD KM CD CG CI DJ GQ ER ET GA GM GH GN GW KE LS LR MG MW ML"
        " MR MU YT MZ NA NE NG RW RE SH SN SC SL SO ZA SZ TZ TG UG ZM ZW SS"
    ),
    99: "JE GG IM",
}
# Without a code of ISO 3166-1, but in every address book.
KOSOVO = {"code": "XK", "number": 983, "name": "Kosovo"}

# States by their numbers in address books, from the first on; the names are ISO 3166-2's.
NUMBERED_STATES = (
    (
        1000,
        "US",
        "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ"
        " NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR VI UM AE AA"
        " AP",
    ),
    (1060, "CA", "AB BC MB NB NL NT NS NU ON PE QC SK YT"),
)
OTHER_STATES_FROM = 20_000
ARMED_FORCES = {
    "US-AE": "Armed Forces Europe",
    "US-AA": "Armed Forces Americas",
    "US-AP": "Armed Forces Pacific",
}

TITLES = {
    "activity_type": "Activity Type",
    "activity_status": "Activity Status",
    "activity_priority": "Priority",
    "call_outcome": "Call Outcome",
    "gender": "Gender",
    "industry": "Industry",
    "language": "Languages",
    "lead_source": "Lead Source",
    "location_type": "Location Type",
    "messenger_service": "Instant Messenger Service",
    "name_prefix": "Individual Prefixes",
    "name_suffix": "Individual Suffixes",
    "phone_type": "Phone Type",
    "preferred_channel": "Preferred Communication Method",
    "ticket_priority": "Ticket Priority",
    "ticket_status": "Ticket Status",
    "ticket_tracker": "Ticket Tracker",
    "website_type": "Website Type",
}
# List name: labels of further options.
OPTIONS = {
    "name_prefix": "Mrs., Ms., Mr., Dr.",
    "name_suffix": "Jr., Sr., II, III, IV, V, VI, VII",
    "preferred_channel": "Phone, Email, Postal Mail, SMS, Fax",
    "website_type": "Social",
}
STATUSES = {7: "Available", 8: "No-show"}
LANGUAGES = {
    "af_ZA": "Afrikaans",
    "ar_EG": "Arabic",
    "be_BY": "Belarusian",
    "bg_BG": "Bulgarian",
    "bn_BD": "Bengali",
    "bs_BA": "Bosnian",
    "ca_ES": "Catalan",
    "cs_CZ": "Czech",
    "cy_GB": "Welsh",
    "da_DK": "Danish",
    "de_CH": "German (Swiss)",
    "de_DE": "German",
    "el_GR": "Greek",
    "en_AU": "English (Australia)",
    "en_CA": "English (Canada)",
    "en_GB": "English (United Kingdom)",
    "en_US": "English (United States)",
    "es_ES": "Spanish; Castilian (Spain)",
    "es_MX": "Spanish; Castilian (Mexico)",
    "es_PR": "Spanish; Castilian (Puerto Rico)",
    "et_EE": "Estonian",
    "eu_ES": "Basque",
    "fa_IR": "Persian (Iran)",
    "fi_FI": "Finnish",
    "fr_CA": "French (Canada)",
    "fr_FR": "French (France)",
    "ga_IE": "Irish",
    "gl_ES": "Galician",
    "he_IL": "Hebrew (modern)",
    "hi_IN": "Hindi",
    "hr_HR": "Croatian",
    "hu_HU": "Hungarian",
    "hy_AM": "Armenian",
    "id_ID": "Indonesian",
    "is_IS": "Icelandic",
    "it_IT": "Italian",
    "ja_JP": "Japanese",
    "ka_GE": "Georgian",
    "kk_KZ": "Kazakh",
    "km_KH": "Khmer",
    "ko_KR": "Korean",
    "lt_LT": "Lithuanian",
    "lv_LV": "Latvian",
    "mk_MK": "Macedonian",
    "ms_MY": "Malay",
    "nb_NO": "Norwegian Bokmål",
    "nl_BE": "Dutch (Belgium)",
    "nl_NL": "Dutch (Netherlands)",
    "nn_NO": "Norwegian Nynorsk",
    "pl_PL": "Polish",
    "pt_BR": "Portuguese (Brazil)",
    "pt_PT": "Portuguese (Portugal)",
    "ro_RO": "Romanian, Moldavian, Moldovan",
    "ru_RU": "Russian",
    "sk_SK": "Slovak",
    "sl_SI": "Slovene",
    "sq_AL": "Albanian",
    "sr_RS": "Serbian",
    "sv_SE": "Swedish",
    "sw_TZ": "Swahili",
    "ta_IN": "Tamil",
    "te_IN": "Telugu",
    "th_TH": "Thai",
    "tl_PH": "Tagalog",
    "tr_TR": "Turkish",
    "uk_UA": "Ukrainian",
    "ur_PK": "Urdu",
    "vi_VN": "Vietnamese",
    "zh_CN": "Chinese (China)",
    "zh_TW": "Chinese (Taiwan)",
}
# The ninth and the tenth type of tie.
RELATIONSHIP_TYPES = (
    ("Case Coordinator is", "Case Coordinator", "", ""),
    ("Supervised by", "Supervisor", "person", "person"),
)


def fill(apps, schema_editor):
    """Insert the rows."""
    fill_countries(apps.get_model("contacts", "Country"))
    fill_states(apps.get_model("contacts", "Country"), apps.get_model("contacts", "State"))
    fill_options(apps.get_model("contacts", "Option"))
    lists = apps.get_model("contacts", "OptionList")
    lists.objects.bulk_create(
        lists(name=name, title=title, is_reserved=True) for name, title in TITLES.items()
    )
    types = apps.get_model("contacts", "RelationshipType").objects
    for a_b, b_a, kind_a, kind_b in RELATIONSHIP_TYPES:
        types.get_or_create(
            name_a_b=a_b,
            defaults={"name_b_a": b_a, "kind_a": kind_a, "kind_b": kind_b, "is_reserved": True},
        )


def fill_countries(model):
    """Number the countries."""
    model.objects.get_or_create(code=KOSOVO["code"], defaults=KOSOVO)
    numbers = {code: place for place, code in enumerate(ATLAS, start=FIRST_ATLAS_ID)}
    regions = {code: number for number, codes in WORLD_REGIONS.items() for code in codes.split()}
    countries = list(model.objects.all())
    for country in countries:
        country.atlas_id = numbers.get(country.code)
        country.world_region = regions.get(country.code, AMERICA)
    model.objects.bulk_update(countries, ["atlas_id", "world_region"])


def fill_states(countries, states):
    """Insert the states, provinces and the like of all countries."""
    ids = dict(countries.objects.values_list("code", "pk"))
    subdivisions = {
        each.code: each.name for each in pycountry.subdivisions if each.parent_code is None
    }
    subdivisions |= ARMED_FORCES
    numbers = {
        f"{country}-{code}": number
        for first, country, codes in NUMBERED_STATES
        for number, code in enumerate(codes.split(), start=first)
    }
    others = enumerate(sorted(subdivisions.keys() - numbers.keys()), start=OTHER_STATES_FROM)
    numbers |= {code: number for number, code in others}
    states.objects.bulk_create(
        states(
            pk=number,
            country_id=ids[code[:2]],
            code=code[3:],
            name=subdivisions[code],
        )
        for code, number in sorted(numbers.items(), key=lambda item: item[1])
        if code[:2] in ids
    )


def fill_options(model):
    """Add the lists that were missing, and options to those that were there."""
    for list_name, labels in OPTIONS.items():
        first = model.objects.filter(list_name=list_name).count() + 1
        for number, label in enumerate(labels.split(", "), start=first):
            name = label.lower().rstrip(".").replace(" ", "_")
            add(model, list_name, number, name, label)
    for number, label in STATUSES.items():
        add(model, "activity_status", number, label.lower().replace("-", "_"), label)
    for number, (code, label) in enumerate(LANGUAGES.items(), start=1):
        add(model, "language", number, code, label, is_default=code == "en_US")


def add(model, list_name, number, name, label, **more):
    """Insert one option unless somebody has made its like or taken its number."""
    options = model.objects.filter(list_name=list_name)
    if options.filter(name=name).exists():
        return
    while options.filter(number=number).exists():
        number += 1
    more |= {"number": number, "label": label, "position": number}
    model.objects.create(list_name=list_name, name=name, **more)


class Migration(migrations.Migration):
    """Reference data."""

    dependencies = [("contacts", "0011_reference_tables")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
