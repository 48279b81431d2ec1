"""What people save for themselves, as they see it in the simulated Discord."""

from pathlib import Path

import pytest
from simcord.actors import MemberActor
from simcord.results import ResponseMessage

from bot.storage import saved as storage
from tests.features.moderating import add, defined
from tests.world import World, part, parts, reply, shown, title


async def save(world: World, term: str, by: MemberActor | None = None) -> ResponseMessage:
    """Somebody saves a term from the menu of its answer; the reply."""
    who = by or world.member
    answer = await defined(world, term, by=who)
    menu = part(answer, "menu:")
    (option,) = [one for one in menu["options"] if one["label"] == "⭐ Save"]
    return reply(await who.select(answer, [option["value"]], custom_id=menu["custom_id"]))


async def listed(world: World, by: MemberActor | None = None) -> ResponseMessage:
    """What somebody has saved."""
    return reply(await (by or world.member).slash(world.channel, "saved"))


async def test_what_somebody_saves_is_listed_for_them_alone(world: World) -> None:
    saved = await save(world, "leverage")
    assert saved.ephemeral
    assert "**leverage** is in your list." in shown(saved)
    await save(world, "leverage")
    message = await listed(world)
    assert message.ephemeral
    assert "1 term\n⭐ Saved\n- **leverage**: " in shown(message)
    assert title(await listed(world, by=world.moderator)) == "You have saved nothing yet"


async def test_a_saved_term_opens_in_place_and_back_returns_to_the_list(world: World) -> None:
    await save(world, "leverage")
    message = await listed(world)
    await world.member.select(message, ["leverage"], custom_id="pick:listed:do:saved:0")
    assert title(message) == "leverage"
    await world.member.click(message, label="Back")
    assert title(message) == "⭐ Saved"


async def test_a_saved_term_is_removed_from_the_list_or_at_once(world: World) -> None:
    await save(world, "leverage")
    saved = await save(world, "trusted IPs")
    await world.member.click(saved, label="Remove")
    assert "**trusted IPs** is no longer in your list." in shown(saved)
    message = await listed(world)
    assert "trusted IPs" not in shown(message)
    await world.member.select(message, ["leverage"], custom_id="pick:unsave:0")
    assert title(message) == "You have saved nothing yet"
    again = reply(await world.member.click(saved, label="Save it again"))
    await world.member.click(again, label="Show my list")
    assert "- **trusted IPs**" in shown(again)


async def test_the_list_is_paged(world: World) -> None:
    for number in range(7):
        await world.services.saved.save(world.member.id, None, f"gone-{number}")
    message = await listed(world)
    assert "7 terms · page 1 of 2" in shown(message)
    await world.member.click(message, label="Next")
    assert "page 2 of 2" in shown(message)


async def test_a_renamed_entry_is_followed_and_a_removed_one_is_said_to_be_gone(world: World, data: Path) -> None:
    await save(world, "leverage")
    await save(world, "trusted IPs")
    text = (data / "tws.toml").read_text("utf-8")
    head, _, _ = text.partition('[[term]]\nname = "leverage"')
    renamed = '[[term]]\nname = "gearing"\naliases = ["leverage"]\ndefinition = "Borrowed money at work."\n'
    (data / "tws.toml").write_text(head + renamed, "utf-8")
    await world.services.catalogue.reload()
    assert "- **gearing**: Borrowed money at work." in shown(await listed(world))
    (data / "tws.toml").write_text(head, "utf-8")
    await world.services.catalogue.reload()
    message = await listed(world)
    assert "- **leverage**: no longer in the glossary." in shown(message)
    assert [one["value"] for one in part(message, "pick:listed:")["options"]] == ["trusted-ips"]
    await world.member.select(message, ["leverage"], custom_id="pick:unsave:0")
    assert "leverage" not in shown(message)


async def test_an_entry_that_was_saved_before_and_after_it_was_renamed_is_listed_and_removed_as_one(
    world: World, data: Path
) -> None:
    await save(world, "leverage")
    file = data / "tws.toml"
    renamed = 'name = "gearing"\naliases = ["leverage"]'
    file.write_text(file.read_text("utf-8").replace('name = "leverage"', renamed), "utf-8")
    await world.services.catalogue.reload()
    saved = await save(world, "gearing")
    assert "1 term\n⭐ Saved\n- **gearing**" in shown(await listed(world))
    await world.member.click(saved, label="Remove")
    assert title(await listed(world)) == "You have saved nothing yet"


async def test_an_own_entry_is_listed_in_its_server_only(world: World) -> None:
    await add(world)
    member = world.guild.add_member(world.stranger)
    await save(world, "pip spread", by=member)
    await save(world, "leverage", by=member)
    assert "2 terms" in shown(await listed(world, by=member))
    in_direct_messages = reply(await world.stranger.slash("saved"))
    assert "1 term\n⭐ Saved\n- **leverage**" in shown(in_direct_messages)


async def test_a_full_list_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "MOST_SAVED", 1)
    await save(world, "leverage")
    assert title(await save(world, "trusted IPs")) == "Your list is full"


async def test_privacy_counts_and_deletes_what_is_saved(world: World) -> None:
    await save(world, "leverage")
    message = reply(await world.member.slash(world.channel, "privacy"))
    assert "• 1 saved term" in shown(message)
    await world.member.click(message, label="Delete what is stored about me")
    await world.member.click(message, label="Yes, delete it")
    assert title(await listed(world)) == "You have saved nothing yet"


async def test_the_first_view_of_a_card_has_no_button_for_it(world: World) -> None:
    answer = await defined(world, "leverage")
    assert not [one for one in parts(answer) if one.get("custom_id", "").startswith("do:save")]
