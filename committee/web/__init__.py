"""What every page shares: error pages, words for dates, form fields, the council's colour."""
