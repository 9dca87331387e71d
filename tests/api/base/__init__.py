"""What happens around every view of a dialect."""
