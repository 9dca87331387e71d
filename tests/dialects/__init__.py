"""What each dialect says on the wire."""
