"""Screens of what people work on besides contacts: deals, activities, tickets."""
