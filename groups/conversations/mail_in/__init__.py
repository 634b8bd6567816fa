"""Answering by mail: an address of one's own per conversation, the new words of a mail, and posting them."""
