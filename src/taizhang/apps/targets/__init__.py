"""Responsibility sheets, duties and measures of an edition, each tied to the sentence that ordered it."""
