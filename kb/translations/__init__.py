"""Which English and Japanese texts stand as translations of each other, who examined that, and what fell out of step."""
