"""The first steps: `/help`, and the same five things to try wherever somebody needs them."""
