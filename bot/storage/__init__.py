"""What lasts: tables, migrations, and one module per concern."""
