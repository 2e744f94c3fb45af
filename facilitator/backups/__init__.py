"""A whole installation as one file, taken while it runs, and put back somewhere else."""

from facilitator.backups.file import Unreadable, last_made
from facilitator.backups.making import back_up
from facilitator.backups.restoring import Occupied, restore

__all__ = ["Occupied", "Unreadable", "back_up", "last_made", "restore"]
