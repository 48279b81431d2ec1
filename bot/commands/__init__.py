"""The slash commands, one module per capability, and what clicks do."""
