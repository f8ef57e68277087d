"""The report of a scan: figures, and what is made of them: a notice, a workbook, a page."""
