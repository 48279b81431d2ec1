"""The examples in the docstrings of the playground are right."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize("name", ["bot.playground.browser", "bot.playground.mentions"])
def test_the_examples_are_right(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name))
    assert results.attempted > 0
    assert results.failed == 0
