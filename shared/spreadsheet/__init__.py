"""Tables written as XLSX or CSV line by line, so that their size does not matter to the memory."""

from shared.spreadsheet.writer import Heading, csv_lines, file_pieces, write_xlsx

__all__ = ["Heading", "csv_lines", "file_pieces", "write_xlsx"]
