"""What the service keeps: a database, embedded or a server's; nothing of a draft is ever in it."""
