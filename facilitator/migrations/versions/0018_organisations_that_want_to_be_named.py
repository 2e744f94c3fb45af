"""organisations that want to be named."""

import sqlalchemy as sa
from alembic import op


revision = '0018'
down_revision = '0017'


def upgrade() -> None:
    op.add_column(
        'forum', sa.Column('participating', sa.JSON(), nullable=False, server_default='[]')
    )
