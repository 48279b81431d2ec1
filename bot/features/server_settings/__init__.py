"""`/glossary settings`: what moderators set for their server."""
