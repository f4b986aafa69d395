"""Names for the people and places of a history."""

from __future__ import annotations

from typing import Final

FIRST: Final = (
    *("Adaeze", "Agnieszka", "Ahmed", "Aiko", "Amélie", "Ana", "Anders", "Andrea", "Anjali", "Arjun", "Beatriz", "Bilal", "Björn"),
    *("Camille", "Carlos", "Catarina", "Chiara", "Chloe", "Daniel", "Darius", "Defne", "Diego", "Dimitra", "Elif", "Elena", "Emeka"),
    *("Emil", "Esther", "Farah", "Felix", "Fiona", "Gabriel", "Georg", "Giulia", "Grace", "Hana", "Hannes", "Hugo", "Ibrahim"),
    *("Imani", "Ines", "Ivan", "Jakob", "Jana", "João", "Jonas", "Julia", "Kamil", "Karin", "Katarzyna", "Kenji", "Kofi"),
    *("Laila", "Lars", "Léa", "Leon", "Lucía", "Luka", "Malik", "Marek", "Maria", "Marta", "Matteo", "Maya", "Miguel"),
    *("Mila", "Nadia", "Naomi", "Nikolai", "Nora", "Olivia", "Omar", "Oskar", "Paula", "Petra", "Priya", "Rafael", "Rania"),
    *("Robin", "Rosa", "Ruben", "Samira", "Sanne", "Sergio", "Sofia", "Stefan", "Tariq", "Teresa", "Thandi", "Tobias", "Valentina"),
    *("Vera", "Viktor", "Wanjiru", "Yara", "Yusuf", "Zeynep", "Zofia"),
)
LAST: Final = (
    *("Aalto", "Abebe", "Adler", "Almeida", "Andersson", "Baptiste", "Bauer", "Becker", "Bianchi", "Boateng", "Bondarenko", "Brandão"),
    *("Castillo", "Chen", "Costa", "Dahl", "de Vries", "Demir", "Diallo", "Dubois", "Eriksen", "Farkas", "Fernández", "Fischer"),
    *("Fontaine", "Gallo", "García", "Gruber", "Gupta", "Haddad", "Hansen", "Hoffmann", "Horvat", "Ibáñez", "Ivanova", "Jansen"),
    *("Jensen", "Kaya", "Keller", "Khan", "Kim", "Kovács", "Kowalczyk", "Krüger", "Laurent", "Lindgren", "Lopes", "Maier"),
    *("Marino", "Martin", "Mbeki", "Moreau", "Müller", "Mwangi", "Nakamura", "Nguyen", "Nielsen", "Novák", "Nowak", "O'Brien"),
    *("Okonkwo", "Olsen", "Owusu", "Papadopoulos", "Patel", "Pereira", "Petrov", "Popescu", "Quispe", "Ramos", "Reyes", "Richter"),
    *("Rossi", "Santos", "Sato", "Schmidt", "Schneider", "Silva", "Singh", "Svensson", "Szabó", "Tanaka", "Torres", "Toth"),
    *("van Dijk", "Vargas", "Virtanen", "Vogel", "Wagner", "Weber", "Wójcik", "Yilmaz", "Zhang", "Ziegler"),
)
DEPARTMENTS: Final = ("Engineering", "Product", "Operations", "Sales", "Finance", "People", "Customer care", "Research")
LOCATIONS: Final = ("Berlin", "Hamburg", "Lisbon", "Warsaw", "Milan", "Rotterdam", "Stockholm", "Dublin")
COMPANIES: Final = ("corvane", "halden", "brightmoor", "seagate-logistics", "ostara-health", "verdello")


def nth_name(number: int) -> str:
    """A name for the n-th person: no two alike, as the two lists' lengths have no common divisor."""
    return f"{FIRST[number % len(FIRST)]} {LAST[number * 7 % len(LAST)]}"
