"""Where reports are kept, and how their figures are counted."""
