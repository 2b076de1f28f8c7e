"""Measures retold: `python -m evaluation`. Never imported by the package."""
