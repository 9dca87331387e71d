"""The shapes of what this dialect answers."""

from collections.abc import Mapping

from api.base.operations import Schema
from api.wildapricot.openapi.parts import (
    ANYTHING,
    INTEGER,
    MOMENT,
    NUMBER,
    OBJECT,
    TEXT,
    TRUTH,
    array_of,
    named,
    record,
)

_NAMES = ("FirstName", "LastName", "Email", "DisplayName", "Organization")

SCHEMAS: Mapping[str, Schema] = {
    "Contact": {
        **record(
            **dict.fromkeys(_NAMES, TEXT),
            ProfileLastUpdated=MOMENT,
            MembershipLevel=record(Id=INTEGER, Url=TEXT, Name=TEXT),
            MembershipEnabled=TRUTH,
            Status=TEXT,
            FieldValues=array_of(named("FieldValue")),
            Id=INTEGER,
            Url=TEXT,
            IsAccountAdministrator=TRUTH,
            TermsOfUseAccepted=TRUTH,
        ),
        "required": ["Id", "Url", *_NAMES],
    },
    "FieldValue": {
        **record(FieldName=TEXT, Value=ANYTHING, SystemCode=TEXT, CustomAccessLevel=TEXT),
        "required": ["FieldName", "Value", "SystemCode"],
    },
    "ContactBody": record(
        **dict.fromkeys(("FirstName", "LastName", "Organization", "Email"), TEXT),
        MembershipLevel=record(Id=INTEGER),
        MembershipEnabled=TRUTH,
        Status=TEXT,
        FieldValues=array_of(record(FieldName=TEXT, SystemCode=TEXT, Value=ANYTHING)),
    ),
    "ContactList": {
        **record(
            Contacts=array_of(named("Contact")),
            Count=INTEGER,
            ContactIdentifiers=array_of(INTEGER),
            ResultId=TEXT,
            ResultUrl=TEXT,
            Requested=MOMENT,
            Processed=MOMENT,
            State={"type": "string", "enum": ["Waiting", "Processing", "Complete", "Failed"]},
            ProcessingState=TEXT,
            ErrorDetails=TEXT,
            InitialQuery=OBJECT,
        ),
    },
    "ContactField": {
        **record(
            Id=INTEGER,
            Url=TEXT,
            FieldName=TEXT,
            SystemCode=TEXT,
            Type=TEXT,
            FieldType=TEXT,
            DisplayType=TEXT,
            Access=TEXT,
            AllowedValues=array_of(named("Option")),
            **dict.fromkeys(
                (
                    "MemberOnly",
                    "IsBuiltIn",
                    "SupportSearch",
                    "IsEditable",
                    "AdminOnly",
                    "IsSystem",
                    "IsRequired",
                ),
                TRUTH,
            ),
            **dict.fromkeys(("FieldInstructions", "Description"), TEXT),
            Order=INTEGER,
            MaxLength=INTEGER,
            RulesAndTermsInfo=record(Text=TEXT, Link=TEXT),
        ),
        "required": ["FieldName", "Type", "AllowedValues"],
    },
    "Option": record(Id=INTEGER, Label=TEXT, Value=TEXT, SelectedByDefault=TRUTH, Position=INTEGER),
    "Account": record(
        Id=INTEGER,
        Name=TEXT,
        Url=TEXT,
        PrimaryDomainName=TEXT,
        IsFreeAccount=TRUTH,
        Resources=array_of(record(Name=TEXT, Url=TEXT, AllowedOperations=array_of(TEXT))),
        ContactLimitInfo=OBJECT,
        TimeZone=OBJECT,
        Currency=OBJECT,
        Localization=OBJECT,
    ),
    "Token": {
        **record(
            access_token=TEXT,
            token_type=TEXT,
            expires_in=INTEGER,
            refresh_token=TEXT,
            Permissions=array_of(
                record(AccountId=INTEGER, SecurityProfileId=INTEGER, AvailableScopes=array_of(TEXT))
            ),
        ),
        "required": ["access_token", "token_type", "expires_in", "refresh_token", "Permissions"],
        "additionalProperties": False,
    },
    "Level": record(
        Id=INTEGER, Url=TEXT, Name=TEXT, Description=TEXT, Type=TEXT, MembershipFee=NUMBER
    ),
    "Group": record(Id=INTEGER, Url=TEXT, Name=TEXT, Description=TEXT, ContactsCount=INTEGER),
    "Bundle": record(Id=INTEGER, Url=TEXT, Email=TEXT, ParticipantsCount=INTEGER),
    "SavedSearch": record(Id=INTEGER, Url=TEXT, Name=TEXT, Description=TEXT),
}
