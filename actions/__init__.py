"""The verbs: every change to the records, written once, whoever asks."""
