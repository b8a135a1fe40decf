"""What may go wrong, done for real: crashes, hostile files, hostile clients, load."""
