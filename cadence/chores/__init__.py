"""What is done beside the people: busy calendars are read again, and members are told what is theirs."""
