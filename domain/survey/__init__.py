"""The survey: one instrument, answered once by everybody of an audience of a program, whom nobody may name afterwards."""
