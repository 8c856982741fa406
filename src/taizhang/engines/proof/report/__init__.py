"""How a proof-reading is told: terminal, JSON, SARIF, workbook and page, each from the same `Report`.

Everything here is values in, text or values out: no file is read, no clock asked. Style sheets and the reader's language
come in as arguments.
"""
