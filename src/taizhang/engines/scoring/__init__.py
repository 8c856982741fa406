"""Scoring: a scheme over observations to scores, grades and ranks, each with its certificate. Plain Decimal, no clock."""
