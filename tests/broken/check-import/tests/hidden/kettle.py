import pour.cups as cups

HOT = cups.HOT
