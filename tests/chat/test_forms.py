"""A form is read from what comes back alone."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.card import Option
from bot.chat.forms import Choice, Field, Form, FormKind, Upload, read_submission
from bot.glossary.checks import CONTROL

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


@given(
    st.text(alphabet="ab: \n", max_size=10), st.text(alphabet="ab:\t\n\u200béß🙂", max_size=40), st.text(max_size=30)
)
def test_what_is_filled_in_is_read_without_the_space_around_it(name: str, text: str, argument: str) -> None:
    form = Form(KIND, "A wish", argument).render()
    read = read_submission(submitted(form, name=name, text=text), KINDS)
    assert (read.verb, read.argument) == ("wish", argument)
    assert read.values == {"name": name.strip(), "text": text.strip()}


@given(st.text(max_size=40))
def test_what_is_read_can_be_stored_and_shown(text: str) -> None:
    read = read_submission(submitted(Form(KIND, "A wish").render(), text=text), KINDS)
    assert not CONTROL.search(read.values["text"])


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


ORDER = FormKind(
    "order",
    (
        Choice("size", "Size", hint="Any size"),
        Choice("crust", "Crust", is_list=True),
        Upload("photo", "A photo", (".png", ".jpg"), hint="At most 2 MB"),
    ),
)
SIZES = [Option("s", "Small"), Option("l", "Large", "For two")]
ATTACHMENT = {"id": "7", "filename": "pizza.png", "size": 3, "url": "https://cdn.discordapp.com/pizza.png"}


def ordered(**part: Any) -> dict[str, Any]:
    """The form of an order as Discord sends it back, with what was chosen as its size."""
    size = {"type": 18, "component": {"type": 3, "custom_id": "size", **part}}
    photo = {"type": 18, "component": {"type": 19, "custom_id": "photo", "values": ["7"]}}
    return {"custom_id": "order", "components": [size, photo], "resolved": {"attachments": {"7": ATTACHMENT}}}


def test_a_choice_is_a_menu_or_a_list_with_what_is_known_chosen() -> None:
    options = {"size": SIZES, "crust": SIZES}
    size, crust, photo = Form(ORDER, "An order", values={"size": "l"}, options=options).render()["components"]
    assert (size["component"]["type"], crust["component"]["type"]) == (3, 21)
    assert size["component"]["options"] == [
        {"value": "s", "label": "Small", "default": False},
        {"value": "l", "label": "Large", "description": "For two", "default": True},
    ]
    assert not any(one["default"] for one in crust["component"]["options"])
    assert photo["component"]["file_types"] == [".png", ".jpg"]
    assert photo["description"] == "At most 2 MB"


def test_a_choice_without_options_is_not_shown_and_one_with_too_many_is_typed() -> None:
    many = [Option(str(number), str(number)) for number in range(26)]
    size, photo = Form(ORDER, "An order", values={"size": "25"}, options={"size": many}).render()["components"]
    assert (size["component"]["type"], size["component"]["value"]) == (4, "25")
    assert photo["component"]["custom_id"] == "photo"


def test_a_field_that_is_left_out_is_not_shown() -> None:
    (label,) = Form(KIND, "A wish", left_out={"name"}).render()["components"]
    assert label["component"]["custom_id"] == "text"


@pytest.mark.parametrize(
    ("part", "chosen"),
    [({"values": ["l"]}, "l"), ({"values": []}, ""), ({"value": "l"}, "l"), ({"value": None}, ""), ({}, "")],
)
def test_what_was_chosen_and_uploaded_is_read(part: dict[str, Any], chosen: str) -> None:
    read = read_submission(ordered(**part), {ORDER.verb: ORDER})
    assert read.values == {"size": chosen, "crust": ""}
    assert read.files["photo"].name == "pizza.png"


def test_a_form_without_its_file_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="photo"):
        read_submission(ordered() | {"resolved": {}}, {ORDER.verb: ORDER})
