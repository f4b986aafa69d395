"""Writing to those whom a survey asks, reminding those who have not answered, and closing it when its time is over."""
