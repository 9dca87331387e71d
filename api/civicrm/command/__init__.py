"""Run calls from a command line, as cv, drush and wp do (specification, section 8)."""
