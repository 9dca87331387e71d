"""The lists of options, with their titles and first options."""

# List name: its title, and the labels of its options in the order of their numbers. "*" marks the
# default; "-" leaves a number free that other systems give to something else.
OPTIONS = {
    "location_type": ("Location Type", "*Home, Work, Main, Other, Billing"),
    "phone_type": ("Phone Type", "*Phone, Mobile, Fax, Pager, Voicemail, Assistant"),
    "website_type": ("Website Type", "*Work, Main, Social, Facebook, Instagram, LinkedIn, Other"),
    "messenger_service": (
        "Instant Messenger Service",
        "Yahoo, Msn, Aim, GTalk, Jabber, *Skype, Telegram, WhatsApp, Signal, Other",
    ),
    "gender": ("Gender", "Female, Male, Other"),
    "industry": (
        "Industry",
        (
            "Agriculture, Banking, Construction, Consulting, Education, Energy, Engineering,"
            " Finance, Government, Healthcare, Hospitality, Insurance, Machinery, Manufacturing,"
            " Media, Not For Profit, Retail, Technology, Telecommunications, Transportation,"
            " Utilities, Other"
        ),
    ),
    "lead_source": (
        "Lead Source",
        (
            "Web Form, Website, Referral, Cold Call, Existing Customer, Partner, Conference,"
            " Trade Show, Word of Mouth, Other, Self Generated, Employee, Public Relations, Direct"
            " Mail, Organic search, Paid search, Email marketing, Social media, Referrals, Other"
            " campaigns, Direct traffic, Offline Source, Paid social"
        ),
    ),
    "activity_type": (
        "Activity Type",
        "*Meeting, Phone Call, Email, Text Message, Event, Task, Deadline",
    ),
    "activity_status": (
        "Activity Status",
        (
            "*Scheduled, Completed, Cancelled, Left Message, Unreachable, Not Required,"
            " Available, No-show, -, -, Not Started, In Progress, Pending Input, Deferred"
        ),
    ),
    "activity_medium": ("Activity Medium", "In Person, Phone, Email, Fax, Letter Mail"),
    "activity_priority": ("Priority", "Urgent, *Normal, Low"),
    "call_outcome": (
        "Call Outcome",
        (
            "No Answer, Busy, Wrong Number, Unavailable, Left voice message, Moved conversation"
            " forward"
        ),
    ),
    "ticket_tracker": ("Ticket Tracker", "Bug, Feature, *Support"),
    "ticket_status": ("Ticket Status", "*New, In Progress, Resolved, Feedback, Closed, Rejected"),
    "ticket_priority": ("Ticket Priority", "Low, *Normal, High, Urgent, Immediate"),
    "rating": ("Rating", "Acquired, Active, Market Failed, Project Cancelled, Shutdown"),
    "account_type": (
        "Account Type",
        (
            "Analyst, Competitor, Customer, Integrator, Investor, Partner, Press, Prospect,"
            " Reseller, Other"
        ),
    ),
    "lead_status": (
        "Lead Status",
        (
            "Attempted to Contact, Cold, Contact in Future, Contacted, Hot, Junk Lead, Lost Lead,"
            " Not Contacted, Pre Qualified, Qualified, Warm"
        ),
    ),
    "opportunity_type": ("Opportunity Type", "Existing Business, New Business"),
    "ticket_severity": ("Ticket Severity", "Minor, Major, Feature, Critical"),
    "ticket_problem": ("Ticket Problem", "Big Problem, Small Problem, Other Problem"),
    "activity_sharing": ("Activity Sharing", "Private, *Public"),
    "activity_recurrence": ("Activity Recurrence", "Daily, Weekly, Monthly, Yearly"),
    "lost_reason": (
        "Lost Reason",
        (
            "Price too high, Chose a competitor, No budget, Bad timing, Missing features, No"
            " answer any more"
        ),
    ),
    "name_prefix": ("Individual Prefixes", "Mrs., Ms., Mr., Dr."),
    "name_suffix": ("Individual Suffixes", "Jr., Sr., II, III, IV, V, VI, VII"),
    "preferred_channel": ("Preferred Communication Method", "Phone, Email, Postal Mail, SMS, Fax"),
}
CLOSED = {
    "ticket_status": {"Closed", "Rejected"},
    "activity_status": {"Completed", "Cancelled", "Not Required"},
}
DEFAULT_LANGUAGE = "en_US"
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


def fill(apps):
    """Insert the lists and their options."""
    lists, options = apps.get_model("contacts", "OptionList"), apps.get_model("contacts", "Option")
    titles = {name: title for name, (title, _labels) in OPTIONS.items()} | {"language": "Languages"}
    lists.objects.bulk_create(
        lists(name=name, title=title, is_reserved=True) for name, title in titles.items()
    )
    rows = [row for name, (_title, labels) in OPTIONS.items() for row in rows_of(name, labels)]
    options.objects.bulk_create(options(**row) for row in (*rows, *languages()))


def rows_of(list_name, labels):
    """Return the columns of every option of a list; machine names are the labels in small letters."""
    closed = CLOSED.get(list_name, ())
    for number, word in enumerate(labels.split(", "), start=1):
        label = word.removeprefix("*")
        if label != "-":
            name = label.lower().rstrip(".").replace(" ", "_").replace("-", "_")
            more = {"is_default": word.startswith("*"), "traits": closing(label, closed)}
            yield option(list_name, number, name, label, **more)


def closing(label, closed):
    """Return the traits of an option: whether it ends what has it."""
    return {"is_closed": True} if label in closed else {}


def languages():
    """Return the columns of the languages that people may prefer."""
    for number, (code, label) in enumerate(LANGUAGES.items(), start=1):
        yield option("language", number, code, label, is_default=code == DEFAULT_LANGUAGE)


def option(list_name, number, name, label, **more):
    """Return the columns of an option, which stands where its number says."""
    more |= {"number": number, "position": number, "label": label}
    return {"list_name": list_name, "name": name, **more}
