"""Mail as rows: owed in the transaction that gives the reason for it, sent by a worker."""
