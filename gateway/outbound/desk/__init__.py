"""The desk of outbound filtering: what the block page and the interface ask for, and what people ask there."""
