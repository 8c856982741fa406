"""Values to bytes for an office: .docx in GB/T 9704-2012 layout, .pdf of the same blocks, .xlsx both ways.

Nothing is loaded here, since each format brings a heavy library; import the module that is needed:
`blocks` (what a document is made of), `plain` (text to blocks), `docx`, `pdf`, `xlsx`.
"""
