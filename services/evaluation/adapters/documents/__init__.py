"""The documents people hand in as files: DOCX, XLSX, CSV and Parquet, SVG."""
