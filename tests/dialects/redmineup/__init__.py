"""RedmineUP's own manners, from the wire."""
