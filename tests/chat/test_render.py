"""A card becomes a message that Discord accepts and that ends with the disclaimer."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.card import (
    Button,
    Card,
    ChannelMenu,
    Component,
    Embed,
    Field,
    Json,
    LinkButton,
    Menu,
    Option,
    Rendered,
    RoleMenu,
)
from bot.chat.render import prerender, render

DISCLAIMER = "Not advice. " * 12
TEXTS = st.text(min_size=1, max_size=8000)
EMBEDS = st.builds(
    Embed,
    title=TEXTS,
    text=st.text(max_size=9000),
    header=st.text(max_size=600),
    fields=st.lists(st.builds(Field, TEXTS, TEXTS), max_size=3).map(tuple),
)
BUTTON, LINK, MENU = (
    Button("Go", "go:1"),
    LinkButton("Source", "https://example.com"),
    Menu("m:1", "Pick", (Option("a", "A"),)),
)


def sizes(message: Json) -> list[int]:
    """How many characters each embed has."""
    found = []
    for embed in message["embeds"]:
        texts = [embed["title"], embed.get("description", ""), embed.get("author", {}).get("name", "")]
        texts += [text for field in embed.get("fields", []) for text in (field["name"], field["value"])]
        found.append(sum(map(len, [*texts, embed.get("footer", {}).get("text", "")])))
    return found


@given(EMBEDS)
def test_every_part_of_an_embed_is_cut_to_its_limit(embed: Embed) -> None:
    (rendered,) = render(Card(embed), DISCLAIMER)["embeds"]
    assert 1 <= len(rendered["title"]) <= 256
    assert len(rendered.get("description", "")) <= 4096
    assert len(rendered.get("author", {}).get("name", "")) <= 256
    for field in rendered.get("fields", []):
        assert len(field["name"]) <= 256
        assert len(field["value"]) <= 1024


@given(
    st.lists(
        st.builds(Embed, title=st.text(min_size=1, max_size=300), text=st.text(max_size=5000)), min_size=1, max_size=3
    )
)
def test_all_embeds_together_fit_into_a_message_and_the_disclaimer_is_whole(embeds: list[Embed]) -> None:
    message = render(Card(embeds[0], more=tuple(embeds[1:])), DISCLAIMER)
    assert sum(sizes(message)) <= 6000
    footers = [embed.get("footer") for embed in message["embeds"]]
    assert footers == [*[None] * (len(embeds) - 1), {"text": DISCLAIMER}]


def test_embeds_without_room_are_left_out_and_the_disclaimer_moves_to_the_last_one_shown() -> None:
    full = Embed("t" * 300, "x" * 5000)
    message = render(Card(full, more=(full, full)), DISCLAIMER)
    assert sum(sizes(message)) <= 6000
    assert [embed.get("footer") for embed in message["embeds"]] == [None, {"text": DISCLAIMER}]


def test_fields_without_room_are_left_out() -> None:
    embed = Embed("t" * 300, "x" * 5000, fields=(Field("n" * 300, "v" * 2000),) * 6)
    message = render(Card(embed), DISCLAIMER)
    assert sum(sizes(message)) <= 6000
    assert len(message["embeds"][0]["fields"]) == 4
    assert message["embeds"][0]["footer"] == {"text": DISCLAIMER}


@given(EMBEDS)
def test_nobody_is_pinged(embed: Embed) -> None:
    assert render(Card(embed, content="@everyone <@1>"), DISCLAIMER)["allowed_mentions"] == {"parse": []}


@given(EMBEDS.filter(lambda embed: len(embed) < 5000))
def test_a_card_rendered_in_advance_gives_the_same_message(embed: Embed) -> None:
    card = Card(embed, (MENU, LINK, BUTTON))
    prerendered = prerender(card, DISCLAIMER)
    assert isinstance(prerendered.embed, Rendered)
    assert render(prerendered, DISCLAIMER) == render(card, DISCLAIMER)
    assert json.loads(json.dumps(render(prerendered, DISCLAIMER))) == render(card, DISCLAIMER)


def test_only_a_card_with_one_embed_is_rendered_in_advance() -> None:
    with pytest.raises(ValueError, match="one embed"):
        prerender(Card(Embed("a"), more=(Embed("b"),)), DISCLAIMER)


@pytest.mark.parametrize(
    ("components", "rows"),
    [
        ((), []),
        ((BUTTON,), [1]),
        ((BUTTON,) * 6, [5, 1]),
        ((MENU, LINK, BUTTON), [1, 2]),
        ((BUTTON, MENU, BUTTON), [2, 1]),
        ((MENU,) * 5, [1] * 5),
    ],
)
def test_components_fill_rows_of_five_buttons_or_one_menu(components: tuple[Component, ...], rows: list[int]) -> None:
    message = render(Card(Embed("a"), components), DISCLAIMER)
    assert [len(row["components"]) for row in message.get("components", [])] == rows


def test_more_components_than_fit_are_a_bug() -> None:
    with pytest.raises(ValueError, match="five rows"):
        render(Card(Embed("a"), (MENU,) * 6), DISCLAIMER)


def test_labels_options_and_descriptions_are_cut_and_a_menu_has_25_options() -> None:
    options = tuple(Option(str(number), "l" * 200, "d\n" * 200) for number in range(30))
    message = render(Card(Embed("a"), (Button("b" * 100, "b:"), Menu("m:", "Pick", options))), DISCLAIMER)
    (button,), (menu,) = (row["components"] for row in message["components"])
    assert len(button["label"]) == 80
    assert len(menu["options"]) == 25
    assert {len(option["label"]) for option in menu["options"]} == {100}
    assert {len(option["description"]) for option in menu["options"]} == {100}
    assert "\n" not in menu["options"][0]["description"]


def test_menus_of_channels_and_roles_start_with_ids_as_strings() -> None:
    components = (ChannelMenu("c:", "Pick", (0, 5), (2**62,), 25), RoleMenu("r:", "Pick"))
    message = render(Card(Embed("a"), components), DISCLAIMER)
    (channels,), (roles,) = (row["components"] for row in message["components"])
    assert channels["default_values"] == [{"id": str(2**62), "type": "channel"}]
    assert (channels["channel_types"], channels["min_values"], channels["max_values"]) == ([0, 5], 0, 25)
    assert "default_values" not in roles
