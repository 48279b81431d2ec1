"""Buttons and menus, as people in the simulated Discord use them."""

from pathlib import Path

from tests.world import World, part, parts, reply, shown, title


async def test_the_menu_of_a_public_answer_opens_an_entry_only_for_the_person_who_chose(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="trusted IPs"))
    opened = reply(await world.moderator.select(message, ["api-socket"]))
    assert opened.ephemeral
    assert title(opened) == "API socket"
    assert title(message) == "trusted IPs"


async def test_the_menu_opens_an_entry_in_place_for_the_person_who_asked_and_back_returns(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="trusted IPs"))
    await world.member.select(message, ["api-socket"])
    assert title(message) == "API socket"
    await world.member.click(message, label="Back")
    assert title(message) == "trusted IPs"
    assert [one.get("label") for one in parts(message)] == [
        None,
        "Pitfalls (2)",
        "Code",
        "Wrong or out of date?",
        "Dismiss",
    ]


async def test_the_question_stays_above_while_entries_open_in_place(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "ask", question="what are trusted ips?"))
    await world.member.select(message, ["api-socket"])
    assert title(message) == "API socket"
    assert message.content == "-# “what are trusted ips?”"
    await world.member.click(message, label="Back")
    assert message.content == "-# “what are trusted ips?”"


async def test_a_line_about_one_entry_does_not_stay_above_another(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="trsuted ips"))
    await world.member.select(message, ["api-socket"])
    assert not message.content


async def test_sections_unfold_in_place_for_the_person_who_asked_and_fold_again(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="trsuted ips"))
    first_view = shown(message)
    await world.member.click(message, label="Pitfalls (2)")
    assert "- Check `127.0.0.1` first.\n- \\*Stars\\* stay stars." in shown(message)
    await world.member.click(message, label="Code")
    assert '```python\nprint("hello")\n```' in shown(message)
    assert "- \\*Stars\\* stay stars." in shown(message)
    assert message.content == "-# Closest match for “trsuted ips”"
    await world.member.click(message, label="Hide pitfalls")
    await world.member.click(message, label="Hide code")
    assert shown(message) == first_view


async def test_somebody_elses_click_unfolds_a_private_copy(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="trusted IPs"))
    first_view = shown(message)
    copy = reply(await world.moderator.click(message, label="Code"))
    assert copy.ephemeral
    assert 'print("hello")' in shown(copy)
    assert shown(message) == first_view


async def test_unfolding_keeps_the_way_back(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="API socket"))
    await world.member.select(message, ["trusted-ips"])
    await world.member.click(message, label="Code")
    await world.member.click(message, label="Back")
    assert title(message) == "API socket"


async def test_the_menu_of_a_hidden_answer_opens_an_entry_in_its_place(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="trusted IPs", hide=True))
    await world.member.select(message, ["api-socket"])
    assert title(message) == "API socket"
    await world.member.select(message, ["trusted-ips"])
    assert title(message) == "trusted IPs"


async def test_a_hidden_answer_can_be_shared_and_the_share_be_dismissed(world: World) -> None:
    hidden = reply(await world.member.slash(world.channel, "define", term="leverage", hide=True))
    (shared,) = (await world.member.click(hidden, label="Share")).followups
    assert not shared.ephemeral
    assert shared.content == f"Shared by {world.member.mention}"
    assert part(hidden, "share:")["disabled"]
    assert part(hidden, "share:")["label"] == "Shared"
    await world.member.click(shared, label="Dismiss")
    assert shared.id not in {message.id for message in world.channel.history()}


async def test_only_the_asker_and_moderators_dismiss_an_answer(world: World) -> None:
    other = world.guild.add_member(world.env.create_user("eve"))
    message = reply(await world.member.slash(world.channel, "define", term="leverage"))
    refused = reply(await other.click(message, label="Dismiss"))
    assert refused.ephemeral
    assert "Not yours" in shown(refused)
    assert world.channel.last_message is not None
    assert world.channel.last_message.id == message.id
    await world.moderator.click(message, label="Dismiss")
    assert world.channel.last_message is None


async def test_who_has_the_moderator_role_dismisses_an_answer(world: World) -> None:
    role = world.guild.create_role("Helpers")
    helper = world.guild.add_member(world.env.create_user("eve"), roles=[role])
    message = reply(await world.member.slash(world.channel, "define", term="leverage"))
    assert "Not yours" in shown(reply(await helper.click(message, label="Dismiss")))
    await world.services.servers.change_settings(world.guild.id, moderator_role=role.id)
    await helper.click(message, label="Dismiss")
    assert world.channel.last_message is None


async def test_a_button_whose_entry_is_gone_says_so(world: World, data: Path) -> None:
    message = reply(await world.member.slash(world.channel, "related", term="API socket"))
    text = (data / "tws.toml").read_text("utf-8")
    (data / "tws.toml").write_text(text.split('[[term]]\nname = "leverage"')[0], "utf-8")
    await world.moderator.slash(world.channel, "glossary reload")
    gone = reply(await world.member.select(message, ["leverage"]))
    assert gone.ephemeral
    assert "This entry is gone" in shown(gone)


async def test_buttons_follow_an_entry_that_was_renamed(world: World, data: Path) -> None:
    message = reply(await world.member.slash(world.channel, "define", term="trusted IPs", hide=True))
    text = (data / "tws.toml").read_text("utf-8")
    renamed = text.replace('name = "trusted IPs"\naliases = [', 'name = "allowed IPs"\naliases = ["trusted IPs", ', 1)
    assert renamed != text
    (data / "tws.toml").write_text(renamed, "utf-8")
    await world.services.catalogue.reload()
    await world.member.click(message, label="Code")
    assert title(message) == "allowed IPs"
    assert 'print("hello")' in shown(message)


async def test_answers_leave_nothing_behind_in_memory(world: World) -> None:
    for _ in range(3):
        await world.member.slash(world.channel, "define", term="trusted IPs")
    store = world.bot._connection._view_store
    assert not store._views
    assert not store._synced_message_views


async def test_every_part_of_an_answer_has_its_own_id(world: World) -> None:
    message = reply(await world.member.slash(world.channel, "related", term="trusted IPs"))
    ids = [one["custom_id"] for one in parts(message) if "custom_id" in one]
    assert len(ids) == len(set(ids))
    assert part(message, "dismiss:")["custom_id"] == f"dismiss:{world.member.id}"
