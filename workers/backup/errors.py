"""Why a copy cannot be made or brought back; the text says what to do."""


class BackupFault(Exception):
    """An archive that is damaged or does not fit, a database that is not fit for it, or a program of PostgreSQL that failed."""
