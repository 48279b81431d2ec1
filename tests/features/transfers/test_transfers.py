"""Import and export of a server's own entries, as moderators see them."""

import json

import pytest
from simcord.actors import MemberActor

from bot.features.transfers.commands import ImportDraft
from bot.glossary.exchange.files import ENCODINGS, IMPORT_BYTES
from bot.glossary.model import Entry
from tests.features.moderating import add, add_more, defined, edit, many, upload
from tests.world import World, part, parts, reply, shown, title

ROWS = b"name,aliases,definition\npip spread,markup,What the broker keeps of each trade.\nfee,,What is paid for it.\n"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00"


async def exported(world: World) -> dict[str, bytes]:
    """The files that the moderator gets, by their names."""
    message = reply(await world.moderator.slash(world.channel, "glossary export"))
    assert message.ephemeral
    return {one.filename: await one.read() for one in message.attachments}


async def own(world: World) -> dict[str, Entry]:
    """The server's own entries."""
    return {key: one.entry for key, one in (await world.services.servers.of(world.guild.id)).own_entries.items()}


async def test_a_dry_run_changes_nothing_and_confirming_it_applies_all_as_one_change(world: World) -> None:
    message = await upload(world, ROWS)
    assert message.ephemeral
    assert title(message) == "Nothing is imported yet"
    assert "**2** added, **0** changed, **0** unchanged, **0** rejected" in shown(message)
    assert await own(world) == {}
    await world.moderator.click(message, label="Import 2 entries")
    assert title(message) == "Imported"
    assert title(await defined(world, "markup")) == "pip spread"
    assert "What is paid for it." in shown(await defined(world, "fee"))
    assert len(await world.services.servers.history(world.guild.id, limit=5)) == 1


async def test_what_is_there_is_unchanged_or_changed_and_what_is_not_in_the_file_stays(world: World) -> None:
    await world.moderator.click(await upload(world, ROWS), label="Import 2 entries")
    await add(world, name="third one")
    again = await upload(world, ROWS)
    assert "**0** added, **0** changed, **2** unchanged, **0** rejected" in shown(again)
    assert [one["label"] for one in parts(again)] == ["Cancel"]
    changed = await upload(world, ROWS.replace(b"What is paid for it.", b"Something else."))
    assert "• Changed: fee\n> definition: ~~What is paid for it.~~ **Something else.**" in shown(changed)
    await world.moderator.click(changed, label="Import 1 entry")
    assert "Something else." in shown(await defined(world, "fee"))
    assert sorted(await own(world)) == ["fee", "pip-spread", "third-one"]


async def test_a_dry_run_shows_what_changes_before_a_shared_entry_is_replaced(world: World) -> None:
    message = await upload(world, b"name,definition\nLeverage,lol.\nAPI port,Any number.\nfee,What is paid.\n")
    assert "**3** added" in shown(message)
    assert "Shared entries that are replaced or lose a name in this server: **2**" in shown(message)
    assert "• Replaces the shared entry leverage\n> name: ~~leverage~~ **Leverage**" in shown(message)
    assert "> definition: ~~More exposure than money.~~ **lol.**" in shown(message)
    assert "Takes the name API port from the shared entry API socket: The door" in shown(message)
    assert "Added: fee" in shown(message)
    await world.moderator.click(message, label="Import 3 entries")
    again = await upload(world, b"name,definition\nLeverage,Something else.\n")
    assert "Shared entries that are replaced" not in shown(again)


async def test_a_change_that_does_not_fit_is_shown_as_far_as_it_does(world: World) -> None:
    nameless = ",Nothing.,\n" * 9
    message = await upload(world, f"name,definition,notes\n{nameless}Leverage,lol.,Be careful.\n".encode())
    assert "Rejected, row 10: (no name)" in shown(message)
    assert "• Replaces the shared entry leverage\n> name: ~~leverage~~ **Leverage**\n> definition: " in shown(message)
    assert "Be careful." not in shown(message)
    assert "The attached file has all 10 in full." in shown(message)


async def test_what_does_not_fit_into_a_dry_run_is_in_a_file_with_every_word_that_changed(world: World) -> None:
    await world.moderator.click(await upload(world, many(30)), label="Import 30 entries")
    text = "Number {} of many, " + "and so on, " * 40 + "until the end."
    message = await upload(world, many(30, text))
    assert "• Changed: term 0\n> definition: Number 0 of ~~many.~~ **many, and so on," in shown(message)
    assert "The attached file has all 30 in full." in shown(message)
    assert len(shown(message)) < 1200
    (file,) = message.attachments
    written = (await file.read()).decode()
    assert "Changed: term 29\n  definition: Number 29 of [-many.-] {+many, and so on," in written
    assert written.count("until the end.+}") == 30


async def test_a_cancelled_dry_run_is_gone(world: World) -> None:
    message = await upload(world, ROWS)
    await world.moderator.click(message, label="Cancel")
    assert title(message) == "Discarded"
    assert await own(world) == {}


async def test_rejected_rows_are_listed_with_place_and_reason_and_the_rest_applies(world: World) -> None:
    rows = ROWS + b"leverage cost,leverage,Something.\n,,No name.\nfee,,Twice.\n"
    message = await upload(world, rows)
    assert "**2** added, **0** changed, **0** unchanged, **3** rejected" in shown(message)
    assert "Rejected, row 4: leverage cost: “leverage” is the name of a shared entry" in shown(message)
    assert "Rejected, row 5: (no name): `name` is missing" in shown(message)
    assert "Rejected, row 6: fee: is already in row 3" in shown(message)
    await world.moderator.click(message, label="Import 2 entries")
    assert sorted(await own(world)) == ["fee", "pip-spread"]


async def test_an_import_of_a_thousand_entries_is_reverted_to_exactly_what_was(world: World) -> None:
    await add(world, name="term 5", definition="It was here before.")
    before = await own(world)
    message = await upload(world, many(1000))
    assert "**999** added, **1** changed" in shown(message)
    assert [one.filename for one in message.attachments] == ["import.txt"]
    await world.moderator.click(message, label="Import 1,000 entries")
    assert not message.attachments
    assert "Number 999 of many." in shown(await defined(world, "term 999"))
    assert len(await own(world)) == 1000
    reverted = reply(await world.moderator.click(message, label="Revert"))
    assert title(reverted).startswith("Reverted #")
    assert await own(world) == before
    assert "It was here before." in shown(await defined(world, "term 5"))
    await world.moderator.click(reverted, label="Revert")
    assert len(await own(world)) == 1000


@pytest.mark.parametrize("ending", ["toml", "csv", "json"])
async def test_what_is_exported_is_imported_unchanged_and_rebuilds_another_server(world: World, ending: str) -> None:
    saved = await add(world, aliases="markup, the broker's\nbroker | fee", notes='=1+1\nSecond, "quoted".')
    await add_more(world, saved, related="leverage", example="  indented = 1", sources="https://example.com/a?b=c,d")
    await edit(world, "trusted ips", definition="Ours now, and\n- longer\n\n```\n  code\n```")
    await world.moderator.slash(world.channel, "glossary alias add", term="leverage", alias="gearing")
    files = await exported(world)
    assert sorted(files) == ["entries.csv", "entries.json", "entries.toml"]
    content = files[f"entries.{ending}"]
    assert "**0** changed, **3** unchanged, **0** rejected" in shown(await upload(world, content, f"entries.{ending}"))
    stranger, channel = world.another_server()
    message = reply(await stranger.slash(channel, "glossary import", file=(f"entries.{ending}", content)))
    await stranger.click(message, label="Import 3 entries")
    theirs = (await world.services.servers.of(stranger.guild.id)).own_entries
    assert {key: one.entry for key, one in theirs.items()} == await own(world)


async def test_a_single_name_with_a_comma_comes_back_as_one(world: World) -> None:
    await world.moderator.slash(world.channel, "glossary alias add", term="leverage", alias="gearing, that is")
    files = await exported(world)
    assert "**1** unchanged" in shown(await upload(world, files["entries.csv"]))


async def test_without_own_entries_there_is_nothing_to_export(world: World) -> None:
    message = reply(await world.moderator.slash(world.channel, "glossary export"))
    assert title(message) == "Nothing to export"
    assert not message.attachments


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"\xef\xbb\xbf", "empty"),
        ("a.csv", b"nothing,known\n1,2\n", "has no column “name”"),
        ("a.csv", b"name,definition,colour\na,b,c\n", "“colour”"),
        ("a.csv", b'name,definition\n"a,b\n', "never closed"),
        ("a.csv", b"name,definition\n", "no entry"),
        ("a.csv", PICTURE, "NUL"),
        ("a.xlsx", b"PK\x03\x04rest", "save it as CSV"),
        ("a.json", b"{", "not valid JSON"),
        ("a.json", b"[" * 100_000, "lists in lists"),
        ("a.json", b'{"name": "a"}', "should hold a list"),
        ("a.json", b'[{"name": "a", "definition": NaN}]', "NaN"),
        ("a.toml", b"[[term]]\nname = \n", "line 2"),
        ("a.toml", b"\xff\xfe\x00", "not UTF-8 text"),
        ("a.toml", b"x = 1", "“x” is unknown"),
    ],
)
async def test_a_malformed_file_gets_one_clear_sentence_and_changes_nothing(
    world: World, name: str, content: bytes, reason: str
) -> None:
    message = await upload(world, content, name)
    assert title(message) == "Not imported"
    assert reason.casefold() in shown(message).casefold()
    assert [one["label"] for one in parts(message)] == ["Upload another file"]
    assert await own(world) == {}


async def test_what_spreadsheets_save_is_read(world: World) -> None:
    german = "name;definition\r\nGebühr;Was es kostet.\r\n"
    for content in (german.encode("utf-8-sig"), german.encode("cp1252"), german.replace(";", "\t").encode("utf-16")):
        message = await upload(world, content)
        assert "**1** added" in shown(message)
        assert "Added: Gebühr" in shown(message)


async def test_a_file_that_is_too_large_is_refused_before_it_is_fetched(world: World) -> None:
    world.env.inject_error("GET", "*", status=500)
    message = await upload(world, b"x" * (IMPORT_BYTES + 1))
    assert "2 MB is the most" in shown(message)


async def test_what_another_moderator_changed_since_the_dry_run_is_shown_before_anything_is_imported(
    world: World, second_moderator: MemberActor
) -> None:
    message = await upload(world, ROWS)
    await add(world, by=second_moderator, name="fee", definition="Theirs, typed meanwhile.")
    await world.moderator.click(message, label="Import 2 entries")
    assert title(message) == "Nothing is imported yet"
    assert "were changed since you saw this" in shown(message)
    assert "**1** added, **1** changed" in shown(message)
    assert "Theirs, typed meanwhile." in shown(await defined(world, "fee"))
    await world.moderator.click(message, label="Import 2 entries")
    assert "What is paid for it." in shown(await defined(world, "fee"))


async def test_nobody_imports_what_another_has_uploaded(world: World, second_moderator: MemberActor) -> None:
    draft = part(await upload(world, ROWS), "do:import-draft:")["custom_id"]
    theirs = await upload(world, many(1), by=second_moderator)
    assert part(theirs, "do:import-draft:")["custom_id"] != draft
    number = int(draft.rpartition(":")[2])
    assert await world.services.drafts.get(number, world.guild.id, second_moderator.id, ImportDraft) is None


async def test_an_import_makes_what_was_missed_found(world: World) -> None:
    await world.member.slash(world.channel, "define", term="what is a fee?")
    await world.services.usage.flush()
    assert len(await world.services.usage.misses.most_frequent(world.guild.id, 5)) == 1
    await world.moderator.click(await upload(world, ROWS), label="Import 2 entries")
    assert await world.services.usage.misses.most_frequent(world.guild.id, 5) == ()


@pytest.mark.parametrize("label", ["Import 2 entries", "Cancel"])
async def test_a_dry_run_from_before_somebody_lost_the_right_does_nothing(world: World, label: str) -> None:
    message = await upload(world, ROWS)
    world.demote_moderator()
    assert title(reply(await world.moderator.click(message, label=label))) == "Not allowed"
    assert await own(world) == {}


@pytest.mark.parametrize("command", ["glossary import", "glossary export"])
async def test_a_member_whom_the_server_shows_the_command_is_still_refused(world: World, command: str) -> None:
    (glossary,) = [one for one in await world.bot.tree.fetch_commands() if one.name == "glossary"]
    world.guild.set_command_permissions(glossary, {world.member: True})
    options = {"file": ("a.csv", ROWS)} if command.endswith("import") else {}
    assert title(reply(await world.member.slash(world.channel, command, **options))) == "Not allowed"


async def test_the_json_of_an_export_is_what_programs_expect(world: World) -> None:
    await add(world)
    assert json.loads((await exported(world))["entries.json"]) == [
        {"name": "pip spread", "definition": "What the broker keeps of each trade. It widens at night."}
    ]


SAVED_BY_SPREADSHEETS = {
    "cp1250": "poślizg;Różnica między ceną oczekiwaną a uzyskaną przy realizacji zlecenia.",
    "cp1251": "проскальзывание;Разница между ожидаемой ценой и ценой исполнения заявки.",
    "cp932": "約定;注文が成立することです。取引所で売り手と買い手が一致します。",
    "gb18030": "滑点;预期价格与实际成交价格之间的差异。",
    "mac_roman": "Gebühr;Was der Makler für jede Ausführung berechnet.",
    "cp1252": "Gebühr;Was der Makler für jede Ausführung berechnet – “alles”.",
}


@pytest.mark.parametrize("encoding", SAVED_BY_SPREADSHEETS)
async def test_the_encoding_of_a_spreadsheet_is_recognised_and_named_with_a_line(world: World, encoding: str) -> None:
    line = SAVED_BY_SPREADSHEETS[encoding]
    end = "\r" if encoding == "mac_roman" else "\r\n"
    message = await upload(world, f"name;definition{end}{line}{end}".encode(encoding))
    assert f"read as **{ENCODINGS[encoding]}**" in shown(message)
    assert f"> {line}" in shown(message)
    await world.moderator.click(message, label="Import 1 entry")
    name, definition = line.split(";")
    (entry,) = (await own(world)).values()
    assert (entry.name, entry.definition) == (name, definition)


async def test_another_encoding_can_be_chosen(world: World) -> None:
    content = "name;definition\r\nčástka;Množství peněz na účtu.\r\n".encode("cp1250")
    message = await upload(world, content)
    assert "částka" not in shown(message)
    await world.moderator.select(message, ["cp1250"], custom_id=part(message, "pick:encoding:")["custom_id"])
    assert "read as **Windows-1250 (Central Europe)**:\n> částka;Množství peněz na účtu." in shown(message)
    await world.moderator.click(message, label="Import 1 entry")
    assert "Množství peněz" in shown(await defined(world, "částka"))


async def test_after_an_encoding_that_does_not_fit_another_can_be_chosen(world: World) -> None:
    message = await upload(world, b"name,definition\n\xe9t\xe9,The warm season.\n")
    await world.moderator.select(message, ["cp932"], custom_id=part(message, "pick:encoding:")["custom_id"])
    assert title(message) == "Not imported"
    assert "choose another encoding" in shown(message)
    await world.moderator.select(message, ["cp1252"], custom_id=part(message, "pick:encoding:")["custom_id"])
    await world.moderator.click(message, label="Import 1 entry")
    assert title(await defined(world, "été")) == "été"


async def test_a_file_that_says_its_encoding_is_not_asked_about(world: World) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        message = await upload(world, "name;definition\r\nGebühr;Größe zählt.\r\n".encode(encoding))
        assert "encoded" not in shown(message)
