"""How `-2w` travels through the command line, to which a leading `-` means an option."""

MINUS = "\N{MINUS SIGN}"
