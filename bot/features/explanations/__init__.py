"""The message command *Explain terms*: the terms in a message, and what the messages in a log say happened."""
