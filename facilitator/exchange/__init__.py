"""What other programs and other forums wrote, brought in as starting material."""
