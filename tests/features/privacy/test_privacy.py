"""What people are told about what is stored, and what they can have deleted."""

import gzip
import json
from typing import Any

from simcord.results import ResponseMessage

from bot.features.entries.forms import EntryDraft, Subject
from tests.features.moderating import add, defined, listed_suggestions, suggest
from tests.world import World, reply, shown, title


async def privacy(world: World) -> ResponseMessage:
    """What the member is told."""
    return reply(await world.member.slash(world.channel, "privacy"))


async def test_it_says_what_is_stored_about_the_person_who_asks_and_for_how_long(world: World) -> None:
    await suggest(world, "pizza")
    await suggest(world, "pasta")
    message = await privacy(world)
    assert message.ephemeral
    assert "**About you, now**\n• 2 suggestions of terms" in shown(message)
    assert "90 days" in shown(message)
    assert "30 days later" in shown(message)
    assert "**About you, now**\nNothing." in shown(reply(await world.stranger.slash("privacy")))


async def test_what_somebody_wrote_is_deleted_once_they_confirm_and_nobody_elses(world: World) -> None:
    await suggest(world, "pizza")
    await suggest(world, "pasta", by=world.moderator)
    message = await privacy(world)
    await world.member.click(message, label="Delete what is stored about me")
    assert title(message) == "Delete this?"
    assert "pizza" in shown(await listed_suggestions(world))
    await world.member.click(message, label="Yes, delete it")
    assert title(message) == "Nothing about you is left"
    assert "1 suggestion of terms" in shown(message)
    assert "pizza" not in shown(await listed_suggestions(world))
    assert "pasta" in shown(await listed_suggestions(world))
    assert "Nothing." in shown(await privacy(world))


async def test_a_moderators_changes_stay_without_their_name_and_can_be_reverted(world: World) -> None:
    await add(world)
    await add(world, name="not saved", aliases="leverage")
    message = reply(await world.moderator.slash(world.channel, "privacy"))
    assert "• 1 draft of entries and imports\n• 1 change of entries" in shown(message)
    await world.moderator.click(message, label="Delete what is stored about me")
    await world.moderator.click(message, label="Yes, delete it")
    history = reply(await world.moderator.slash(world.channel, "glossary history"))
    assert "somebody added **pip spread**" in shown(history)
    assert str(world.moderator.id) not in shown(history)
    await world.moderator.click(history, label="Revert #1")
    assert title(await defined(world, "pip spread")) == "Not found"


async def test_deleting_that_was_not_meant_is_cancelled(world: World) -> None:
    await suggest(world, "pizza")
    message = await privacy(world)
    await world.member.click(message, label="Delete what is stored about me")
    await world.member.click(message, label="Cancel")
    assert title(message) == "Cancelled"
    assert await world.services.suggestions.count_open_by(world.member.id, world.guild.id) == 1


async def test_no_confirmation_is_asked_for_if_nothing_is_stored(world: World) -> None:
    message = await privacy(world)
    await world.member.click(message, label="Delete what is stored about me")
    assert "Nothing is stored about you." in shown(message)


async def test_a_miss_of_a_moment_ago_is_no_longer_connected_with_a_forgotten_person(world: World) -> None:
    await world.member.slash(world.channel, "define", term="gearing")
    await suggest(world, "pizza")
    await world.member.slash(world.channel, "define", term="gearing")
    message = await privacy(world)
    await world.member.click(message, label="Delete what is stored about me")
    await world.member.click(message, label="Yes, delete it")
    await defined(world, "leverage")
    await world.services.usage.flush()
    miss = await world.services.usage.misses.get(world.guild.id, "gearing")
    assert miss is not None
    assert miss.found_instead == ()


async def test_a_copy_of_what_is_stored_about_oneself_is_a_private_file(world: World) -> None:
    await suggest(world, "pizza", "From Naples. <@&1>")
    await suggest(world, "pasta", by=world.moderator)
    message = await privacy(world)
    copy = reply(await world.member.click(message, label="Copy of what is stored about me"))
    assert copy.ephemeral
    copied = await content_of(copy)
    (suggestion,) = copied["suggestions"]
    assert (suggestion["term"], suggestion["details"]) == ("pizza", "From Naples. <@&1>")
    assert suggestion["guild_id"] == str(world.guild.id)
    assert not any(rows for table, rows in copied.items() if table != "suggestions")


async def test_a_moderators_copy_has_their_changes_and_drafts(world: World) -> None:
    await add(world)
    await add(world, name="not saved", aliases="leverage")
    message = reply(await world.moderator.slash(world.channel, "privacy"))
    copied = await content_of(reply(await world.moderator.click(message, label="Copy of what is stored about me")))
    assert [change["kind"] for change in copied["changes"]] == ["add"]
    assert [draft["body"]["values"]["name"] for draft in copied["drafts"]] == ["not saved"]


async def test_a_copy_too_large_for_discord_is_compressed(world: World) -> None:
    moderator_id = world.moderator.id
    for _ in range(5):
        draft = EntryDraft(Subject(), {"definition": "x" * 2**21})
        await world.services.drafts.keep(world.guild.id, moderator_id, draft)
    message = reply(await world.moderator.slash(world.channel, "privacy"))
    copy = reply(await world.moderator.click(message, label="Copy of what is stored about me"))
    (file,) = copy.message.attachments
    assert file.filename == "about-me.json.gz"
    assert len(json.loads(gzip.decompress(await file.read()))["drafts"]) == 5


async def test_there_is_no_copy_of_nothing(world: World) -> None:
    copy = reply(await world.member.click(await privacy(world), label="Copy of what is stored about me"))
    assert "Nothing is stored about you." in shown(copy)
    assert not copy.message.attachments


async def content_of(message: ResponseMessage) -> dict[str, list[dict[str, Any]]]:
    """What the one file of a message holds."""
    (file,) = message.message.attachments
    content: dict[str, list[dict[str, Any]]] = json.loads(await file.read())
    return content
