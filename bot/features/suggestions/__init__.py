"""Terms that members suggest, and `/glossary suggestions`, where moderators decide on them."""
