"""Problem, task, responsibility and rectification: one object with four views (三单一账, item 36)."""
