"""What is stored: the tables, the migrations, and one module for each kind of data."""
