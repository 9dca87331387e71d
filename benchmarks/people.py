"""Make the users whom benchmarks ask as, and print their credentials as JSON.

What somebody sees decides what a page costs: members of 1, 10 and 100 projects, and an
administrator.
"""

import argparse
import json
import sys

import django

# User: role, and how many of the projects.
PEOPLE = {
    "admin": ("administrator", 1),
    "narrow": ("member", 1),
    "member": ("member", 10),
    "wide": ("member", 100),
}
PASSWORD = "only-for-benchmarks"  # noqa: S105 -- of a database that is made for them


def made() -> dict[str, object]:
    """Make the users and their memberships; returns the credentials of each."""
    django.setup()
    # Both know the models, which are there after the set-up only.
    from contacts.models import Project, ProjectMember, Role, User  # noqa: PLC0415 -- see above
    from crm.starting_point import ROLES, Wish, begin  # noqa: PLC0415 -- see above

    projects = list(Project.objects.order_by("pk"))
    role = Role.objects.get(name=ROLES["member"])
    found: dict[str, object] = {}
    for username, (word, count) in PEOPLE.items():
        found[username] = begin(Wish(username, PASSWORD, role=word))
        user = User.objects.get(username=username)
        for project in projects[:count] if word == "member" else ():
            member, _new = ProjectMember.objects.get_or_create(project=project, user=user)
            member.roles.set([role])
    return found


def main() -> int:
    """Make them in the database of this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    parser.parse_args()
    print(json.dumps(made()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
