"""Turning cards into Discord's JSON, cut to Discord's limits, with the disclaimer at the end."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

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
    Rendered,
    RoleMenu,
)
from bot.chat.markdown import shorten

# https://docs.discord.com/developers/resources/message#embed-object-embed-limits
TITLE_LIMIT, TEXT_LIMIT, FIELD_LIMIT, HEADER_LIMIT, EMBEDS_LIMIT = 256, 4096, 1024, 256, 6000
# https://docs.discord.com/developers/components/reference
LABEL_LIMIT, OPTION_LIMIT, MAX_OPTIONS, ROW_WIDTH, MAX_ROWS = 80, 100, 25, 5, 5
# The types of components, from the same page.
_ROW, _BUTTON, _MENU, _ROLE_MENU, _CHANNEL_MENU = 1, 2, 3, 6, 8
_LINK_STYLE = 5
# https://docs.discord.com/developers/resources/message#create-message
CONTENT_LIMIT = 2000
NO_MENTIONS: Json = {"parse": []}


def render(card: Card, disclaimer: str) -> Json:
    """Return the JSON of a message that shows a card. Files are sent beside it."""
    mentions = NO_MENTIONS if card.pings is None else {"parse": [], "users": [str(card.pings)]}
    payload: Json = {"embeds": _embeds(card, disclaimer), "allowed_mentions": mentions}
    if card.components:
        payload["components"] = _rows(card.components)
    if card.content:
        payload["content"] = card.content
    return payload


def without_embeds(message: Json, disclaimer: str) -> Json:
    """Return a message as plain text, for channels where the bot may not embed: the titles and texts of its embeds."""
    shown = [f"**{embed['title']}**\n{embed.get('description', '')}" for embed in message["embeds"]]
    lead = [message["content"]] if message.get("content") else []
    end = f"\n-# {disclaimer}"
    text = shorten("\n\n".join([*lead, *shown]).rstrip(), CONTENT_LIMIT - len(end))
    return message | {"content": text + end, "embeds": []}


def prerender(card: Card, disclaimer: str) -> Card:
    """Return a card whose embed and components are rendered, for replies that many people get."""
    if card.more:
        raise ValueError("only a card with one embed can be rendered in advance")
    (embed,) = _embeds(card, disclaimer)
    return replace(card, embed=Rendered(embed), components=tuple(map(_rendered, card.components)))


def _embeds(card: Card, disclaimer: str) -> list[Json]:
    """Render as many embeds as fit into one message; the last one ends with the disclaimer."""
    if isinstance(card.embed, Rendered):
        return [card.embed]
    room = EMBEDS_LIMIT - len(disclaimer)
    rendered: list[Json] = []
    for embed in (card.embed, *card.more):
        if isinstance(embed, Rendered):
            raise TypeError("an embed rendered in advance ends with the disclaimer, so it stands alone")
        shown = _embed(embed, room)
        room -= _length(shown)
        if room < 0:
            break
        rendered.append(shown)
    rendered[-1]["footer"] = {"text": disclaimer}
    return rendered


def _embed(embed: Embed, limit: int) -> Json:
    """Render an embed. Fields that do not fit into a limit are left out, and its text gets what room they leave."""
    rendered: Json = {"type": "rich", "color": embed.colour, "title": shorten(embed.title, TITLE_LIMIT)}
    if embed.url:
        rendered["url"] = embed.url
    if embed.header:
        rendered["author"] = {"name": shorten(embed.header, HEADER_LIMIT)}
    fields = _fields(embed.fields, limit - _length(rendered))
    if fields:
        rendered["fields"] = fields
    if embed.image:
        rendered["image"] = {"url": embed.image}
    room = limit - _length(rendered)
    if embed.text and room > 0:
        rendered["description"] = shorten(embed.text, min(TEXT_LIMIT, room))
    return rendered


def _fields(fields: Iterable[Field], room: int) -> list[Json]:
    """Render the fields that have room, from the first on."""
    rendered: list[Json] = []
    for field in fields:
        name, value = shorten(field.name, TITLE_LIMIT), shorten(field.value, FIELD_LIMIT)
        room -= len(name) + len(value)
        if room < 0:
            break
        rendered.append({"name": name, "value": value, "inline": False})
    return rendered


def _length(embed: Json) -> int:
    """Return how many characters of an embed count towards Discord's limit."""
    texts = [embed["title"], embed.get("description", ""), embed.get("author", {}).get("name", "")]
    for field in embed.get("fields", ()):
        texts += [field["name"], field["value"]]
    return sum(map(len, texts))


def _rows(components: Sequence[Component | Rendered]) -> list[Json]:
    """Put each component into the first row with room for it: five buttons or one menu fit into a row."""
    rows: list[list[Json]] = []
    widths: list[int] = []
    for component in components:
        rendered = _rendered(component)
        width = 1 if rendered["type"] == _BUTTON else ROW_WIDTH
        for at, used in enumerate(widths):
            if used + width <= ROW_WIDTH:
                rows[at].append(rendered)
                widths[at] += width
                break
        else:
            rows.append([rendered])
            widths.append(width)
    if len(rows) > MAX_ROWS:
        raise ValueError("the components do not fit into five rows")
    return [{"type": _ROW, "components": row} for row in rows]


def _rendered(component: Component | Rendered) -> Rendered:
    match component:
        case Rendered():
            return component
        case Button():
            return Rendered(_button(component))
        case LinkButton():
            label = shorten(component.label, LABEL_LIMIT)
            return Rendered(type=_BUTTON, style=_LINK_STYLE, label=label, url=component.url, disabled=False)
        case Menu():
            return Rendered(_menu(component))
        case ChannelMenu():
            chosen = _defaults("channel", component.chosen)
            pickable = {"channel_types": list(component.channel_types), "max_values": component.max_values}
            return Rendered(_picker(component, _CHANNEL_MENU) | pickable | chosen)
        case RoleMenu():
            chosen = _defaults("role", component.chosen)
            return Rendered(_picker(component, _ROLE_MENU) | {"max_values": 1} | chosen)


def _button(button: Button) -> Json:
    rendered: Json = {
        "type": _BUTTON,
        "style": int(button.style),
        "label": shorten(button.label, LABEL_LIMIT),
        "custom_id": button.custom_id,
        "disabled": button.is_disabled,
    }
    if button.emoji:
        rendered["emoji"] = {"id": None, "name": button.emoji}
    return rendered


def _menu(menu: Menu) -> Json:
    options = []
    for option in menu.options[:MAX_OPTIONS]:
        rendered: Json = {"label": shorten(option.label, OPTION_LIMIT), "value": option.value, "default": False}
        if description := shorten(" ".join(option.description.split()), OPTION_LIMIT):
            rendered["description"] = description
        options.append(rendered)
    return {
        "type": _MENU,
        "custom_id": menu.custom_id,
        "placeholder": menu.placeholder,
        "options": options,
        "min_values": 1,
        "max_values": 1,
        "disabled": False,
    }


def _picker(menu: ChannelMenu | RoleMenu, kind: int) -> Json:
    return {
        "type": kind,
        "custom_id": menu.custom_id,
        "placeholder": menu.placeholder,
        "min_values": 0,
        "disabled": False,
    }


def _defaults(kind: str, ids: Iterable[int]) -> Json:
    """Return what a menu of channels or roles starts with; Discord writes ids as strings."""
    values = [{"id": str(one), "type": kind} for one in ids]
    return {"default_values": values} if values else {}
