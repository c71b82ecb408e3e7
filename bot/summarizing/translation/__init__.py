"""Key points in another language: what is asked of the model, and what of its answer is believed. Pure."""
