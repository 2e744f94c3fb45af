"""entries of maps in drafts."""

import sqlalchemy as sa
from alembic import op


revision = '0016'
down_revision = '0015'


def upgrade() -> None:
    op.add_column('draft_client', sa.Column('entries', sa.JSON(none_as_null=True), nullable=True))
