"""The examples in docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import bot.chat
import bot.features

MODULES = [
    module.name
    for package in (bot.chat, bot.features)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
