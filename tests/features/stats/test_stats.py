"""`/glossary stats`, as moderators see it."""

import io

from PIL import Image
from simcord.results import ResponseMessage

from tests.features.moderating import add, defined
from tests.world import World, reply, shown, title


async def stats(world: World, **options: int) -> ResponseMessage:
    """The statistics that the moderator sees."""
    return reply(await world.moderator.slash(world.channel, "glossary stats", **options))


async def test_without_questions_there_are_no_statistics(world: World) -> None:
    message = await stats(world)
    assert message.ephemeral
    assert "Nobody has asked anything here" in shown(message)
    assert not message.attachments


async def test_they_count_how_questions_were_answered_and_what_was_shown_most(world: World) -> None:
    for term in ("leverage", "leverage", "trsuted ips", "beverage", "pizza"):
        await defined(world, term)
    message = await stats(world, days=7)
    assert title(message) == "The last 7 days"
    assert "**5** asked, **3** answered, **1** missed" in shown(message)
    assert "• found by name: 2 (40%)" in shown(message)
    assert "• close entries offered: 1 (20%)" in shown(message)
    assert "1\\. **leverage** · 2\n2\\. **trusted IPs** · 1" in shown(message)
    (picture,) = message.attachments
    image = Image.open(io.BytesIO(await picture.read()))
    assert image.format == "PNG"
    assert message.embeds[0].image.url


async def test_they_are_those_of_one_server_and_name_nobody(world: World) -> None:
    stranger, channel = world.another_server()
    await stranger.slash(channel, "define", term="leverage")
    assert "Nobody has asked anything here" in shown(await stats(world))
    await add(world)
    await defined(world, "pip spread")
    assert "1\\. **pip spread** · 1" in shown(await stats(world))
    assert str(world.member.id) not in shown(await stats(world))


async def test_an_entry_that_was_removed_is_named_by_its_id(world: World) -> None:
    await add(world)
    await defined(world, "pip spread")
    await world.moderator.slash(world.channel, "glossary remove", term="pip spread")
    assert "**pip-spread** · 1" in shown(await stats(world))
