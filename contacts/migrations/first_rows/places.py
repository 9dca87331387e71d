"""Countries and states: ISO 3166 under common English names, numbered as address books do."""

import pycountry

# Countries by their numbers in address books, from 1001 on; "--" is a number without a country.
FIRST_ATLAS_ID = 1001
ATLAS = (
    "AF AL DZ AS AD AO AI AQ AG AR AM AW AU AT AZ BH BD BB BY BE BZ BJ BM BT BO BA BW BV BR"
    " IO VG BN BG BF MM BI KH CM CA CV KY CF TD CL CN CX CC CO KM CD CG CK CR CI HR CU CY CZ"
    " DK DJ DM DO TL EC EG SV GQ ER EE ET -- FK FO FJ FI FR GF PF TF GA GE DE GH GI GR GL GD"
    " GP GU GT GN GW GY HT HM VA HN HK HU IS IN ID IR IQ IE IL IT JM JP JO KZ KE KI KP KR KW"
    " KG LA LV LB LS LR LY LI LT LU MO MK MG MW MY MV ML MT MH MQ MR MU YT MX FM MD MC MN MS"
    " MA MZ NA NR NP -- NL NC NZ NI NE NG NU NF MP NO OM PK PW PS PA PG PY PE PH PN PL PT PR"
    " QA RO RU RW RE SH KN LC PM VC WS SM SA SN SC SL SG SK SI SB SO ZA GS ES LK SD SR SJ SZ"
    " SE CH SY ST TW TJ TZ TH BS GM TG TK TO TT TN TR TM TC TV UG UA AE GB UM US UY UZ VU VE"
    " VN VI WF EH YE -- ZM ZW AX RS ME JE GG IM SS CW SX BQ XK BL MF"
)
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
# Where the registered English name is not the one that people and programs write.
COMMON = {
    "RU": "Russia",
    "IR": "Iran",
    "KR": "South Korea",
    "KP": "North Korea",
    "SY": "Syria",
    "LA": "Laos",
    "BN": "Brunei",
    "PS": "Palestine",
    "CD": "Congo, Democratic Republic",
    "FK": "Falkland Islands",
    "VA": "Vatican City",
    "FM": "Micronesia",
    "TR": "Turkey",
    "VG": "British Virgin Islands",
    "VI": "US Virgin Islands",
    "MF": "Saint Martin",
    "SX": "Sint Maarten",
    "NL": "Netherlands",
}

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


def fill(apps):
    """Insert the countries, then their states, provinces and the like."""
    countries, states = apps.get_model("contacts", "Country"), apps.get_model("contacts", "State")
    countries.objects.bulk_create(countries(**row) for row in countries_of_the_world())
    ids = dict(countries.objects.values_list("code", "pk"))
    states.objects.bulk_create(
        states(pk=number, country_id=ids[code[:2]], code=code[3:], name=name)
        for number, code, name in states_of_the_world()
        if code[:2] in ids
    )


def countries_of_the_world():
    """Return the columns of every country, in the order of their codes."""
    atlas = {code: place for place, code in enumerate(ATLAS.split(), start=FIRST_ATLAS_ID)}
    regions = {code: number for number, codes in WORLD_REGIONS.items() for code in codes.split()}
    rows = [
        {
            "code": country.alpha_2,
            "number": int(country.numeric),
            "name": COMMON.get(country.alpha_2) or getattr(country, "common_name", country.name),
        }
        for country in sorted(pycountry.countries, key=lambda country: country.alpha_2)
    ]
    return [
        row
        | {
            "atlas_id": atlas.get(row["code"]),
            "world_region": regions.get(row["code"], AMERICA),
        }
        for row in (*rows, KOSOVO)
    ]


def states_of_the_world():
    """Return (number, code of ISO 3166-2, name) of every state, in the order of the numbers."""
    names = {each.code: each.name for each in pycountry.subdivisions if each.parent_code is None}
    names |= ARMED_FORCES
    numbers = {
        f"{country}-{code}": number
        for first, country, codes in NUMBERED_STATES
        for number, code in enumerate(codes.split(), start=first)
    }
    others = enumerate(sorted(names.keys() - numbers.keys()), start=OTHER_STATES_FROM)
    numbers |= {code: number for number, code in others}
    return [
        (number, code, names[code])
        for code, number in sorted(numbers.items(), key=lambda item: item[1])
    ]
