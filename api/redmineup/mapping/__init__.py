"""Map what this dialect writes to fields of the catalogue, and back.

One module per noun; ``shapes`` holds the values that an answer is made of.
"""
