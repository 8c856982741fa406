"""Proof-reading: named rules over an issue and its targets, what they found, and which sums agree."""

from taizhang.engines.proof.proofread import RULES, ProofReading, proofread

__all__ = ["RULES", "ProofReading", "proofread"]
