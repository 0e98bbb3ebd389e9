"""What is done beside the people: busy calendars are read again."""
