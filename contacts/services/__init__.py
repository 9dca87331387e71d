"""Every change to data: one function per business action, in a transaction, with history."""
