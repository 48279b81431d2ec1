"""What people can do with the bot: one folder for each feature, and `dispatch.py`, which puts them together."""
