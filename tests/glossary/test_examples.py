"""The examples in the docstrings of the glossary are right."""

import doctest
import importlib
import pkgutil

import pytest

import bot.glossary

MODULES = [module.name for module in pkgutil.walk_packages(bot.glossary.__path__, "bot.glossary.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_right(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
