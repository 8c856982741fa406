"""The year's end step by step, and its results as they are read: places, sheets, certificates, boards."""
