"""who may hear what."""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    # Not as a batch: it makes the table anew, and what refers to the old one would go with it.
    op.add_column('event', sa.Column('lead_only', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('idea', sa.Column('state', sa.String(length=12), nullable=False, server_default='shown'))
    op.add_column('room', sa.Column('locked', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('room', sa.Column('paused', sa.Boolean(), nullable=False, server_default=sa.false()))
