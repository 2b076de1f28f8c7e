"""Measures what retold costs: `python -m benchmarks`. Never imported by the package."""
