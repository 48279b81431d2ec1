"""How large an id can be, and numbers that stand where the id of a server or a person would."""

# Discord's ids have 64 bits; the database uses one of them for the sign.
HIGHEST_ID = 2**63 - 1

# Direct messages, and servers that the bot is not a member of.
NO_SERVER = 0
# All home servers: their moderators look after the shared data.
HOME_SERVERS = -2
# The bot itself, where a revision has the id of the person who reloaded or rolled back.
THE_BOT = 0
# A person who had what is stored about them deleted.
FORGOTTEN_PERSON = -1
