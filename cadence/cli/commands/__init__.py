"""One module per group of commands; `cadence.cli.root` says which is where."""
