"""Tests of the browser UI, from its pages."""
