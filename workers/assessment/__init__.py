"""Writing to the raters of an assessment, reminding those who have not answered, and closing it when its time is over."""
