"""Screens that arrange the CRM: projects, people, tags, custom fields, lists."""
