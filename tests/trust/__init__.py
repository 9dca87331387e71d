"""The promises about reliability and security, each shown by a figure.

Short versions run with all tests; ``make trust`` runs the long ones and prints the figures. What a
suite has counted it hands to ``figures.tell``.
"""
