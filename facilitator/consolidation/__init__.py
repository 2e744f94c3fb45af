"""What happens after the groups: their recommendations become the forum's document."""
