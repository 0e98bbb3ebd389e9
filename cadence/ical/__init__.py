"""How a calendar travels: `feeds` that calendar apps subscribe to, and the `busy` time of the day job."""
