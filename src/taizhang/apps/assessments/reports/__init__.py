"""What units say of a period, with evidence, signed and verified; by form or by workbook."""
