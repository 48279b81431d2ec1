"""`/compare`, as people in the simulated Discord see it."""

from pathlib import Path

from tests.world import World, parts, reply, shown, title


async def test_two_terms_are_shown_together_with_what_tells_them_apart(world: World, data: Path) -> None:
    file = data / "tws.toml"
    text = file.read_text("utf-8").replace(
        'definition = "More exposure than money."\n',
        'definition = "More exposure than money."\nconfused_with = ["API socket: is a door."]\n',
    )
    file.write_text(text, "utf-8")
    await world.services.catalogue.reload()
    message = reply(await world.member.slash(world.channel, "compare", first="leverage", second="api port"))
    assert title(message) == "leverage vs API socket"
    assert shown(message).endswith(
        "**leverage**\nMore exposure than money.\n\n"
        "**API socket**\nThe door through which programs talk.\n\n"
        "**The difference**\n- **API socket** is a door."
    )
    assert [one["label"] for one in parts(message)] == ["leverage", "API socket", "Dismiss"]


async def test_what_is_not_found_is_said_so(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "compare", first="leverage", second="pizza"))
    assert message.ephemeral
    assert title(message) == "Not found"


async def test_two_names_of_one_entry_are_told_to_be_one(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "compare", first="API socket", second="API port"))
    assert message.ephemeral
    assert "Both names mean **API socket**." in shown(message)


async def test_names_are_offered_while_typing(world: World) -> None:
    for option in ("first", "second"):
        choices = await world.member.autocomplete(world.channel, "compare", option, "lever")
        assert [choice["value"] for choice in choices] == ["leverage"]
