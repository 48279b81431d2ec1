"""`/glossary history`: what moderators changed in their server's own entries, and reverting it."""
