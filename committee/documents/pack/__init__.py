"""The agenda pack: one PDF made of front matter and every paper, numbered throughout."""
