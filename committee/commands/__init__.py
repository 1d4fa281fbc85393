"""The words of the command line. Like views, they may use every slice, and each commits once."""
