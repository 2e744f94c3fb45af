"""from how many on sectors have figures."""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003g'


def upgrade() -> None:
    op.add_column('forum', sa.Column('least', sa.Integer(), nullable=False, server_default='5'))
