"""Forms: a thing of the team with its fields, each checked as one types. What a form asks is pure (`form` and
a file per thing); `screen` shows it."""
