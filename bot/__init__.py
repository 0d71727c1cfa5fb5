"""The program: runs turns; wires, starts and stops everything; the command line."""
