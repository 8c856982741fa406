"""What waits for whom by when: 今日, reminders, private calendars."""
