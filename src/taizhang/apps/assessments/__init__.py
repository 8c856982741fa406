"""The assessment year: cycles of a scheme, reports and their verification, scores, notices, appeals, rectification."""
