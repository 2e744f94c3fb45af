"""open votes."""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'


def upgrade() -> None:
    op.add_column('ballot', sa.Column('secret', sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column('ballot', sa.Column('roll', sa.JSON(none_as_null=True), nullable=True))
