"""What is wrong with a graph."""
