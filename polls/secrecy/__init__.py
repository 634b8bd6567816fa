"""Secret votes: sealed envelopes, the shares of the tellers, and the key store outside the database."""
