"""A report as a document, and the document as docx and PDF. Knows nothing of what is reported."""
