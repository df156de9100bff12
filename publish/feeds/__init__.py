"""What readers subscribe to: Atom and JSON feeds, iCalendar. All dates come from the entries, never from the clock."""
