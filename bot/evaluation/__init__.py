"""What quality is measured with: figures and their floors, and the training of the shipped weights."""
