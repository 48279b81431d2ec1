"""A form is read from what comes back alone."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.forms import Field, Form, FormKind, read_submission

KIND = FormKind(
    "wish", (Field("name", "Name", 10, is_required=True), Field("text", "Text", 40, is_long=True, hint="Why?"))
)
KINDS = {KIND.verb: KIND}


def submitted(form: dict[str, Any], **values: str) -> dict[str, Any]:
    """The form as Discord sends it back."""
    components = []
    for label in form["components"]:
        field = label["component"]
        value = values.get(field["custom_id"], field.get("value", ""))
        components.append({"type": 18, "component": {"type": 4, "custom_id": field["custom_id"], "value": value}})
    return {"custom_id": form["custom_id"], "components": components}


@given(st.text(alphabet="ab: \n", max_size=10), st.text(max_size=40), st.text(max_size=30))
def test_what_is_filled_in_is_read_without_the_space_around_it(name: str, text: str, argument: str) -> None:
    form = Form(KIND, "A wish", argument).render()
    read = read_submission(submitted(form, name=name, text=text), KINDS)
    assert (read.verb, read.argument) == ("wish", argument)
    assert read.values == {"name": name.strip(), "text": text.strip()}


def test_what_is_known_is_filled_in_and_cut() -> None:
    form = Form(KIND, "t" * 80, values={"name": "n" * 20}).render()
    name, text = (label["component"] for label in form["components"])
    assert name["value"] == "n" * 10
    assert "value" not in text
    assert (text["placeholder"], text["style"], name["style"]) == ("Why?", 2, 1)
    assert len(form["title"]) == 45


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"custom_id": "other:1", "components": []},
        {"custom_id": "wish:1", "components": []},
        {"custom_id": "wish:1", "components": [{"custom_id": "name", "value": "n" * 11}]},
        {"custom_id": "wish:1", "components": [{"custom_id": "name", "value": 5}]},
    ],
)
def test_what_is_malformed_missing_or_too_long_is_refused(data: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        read_submission(data, KINDS)
