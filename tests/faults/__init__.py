"""What holds when a process dies, a write fails, many click at once, or a form comes twice (R1, R2, R5, R6)."""
