"""what organisers tell everybody."""

import sqlalchemy as sa
from alembic import op


revision = '0003f'
down_revision = '0003d'


def upgrade() -> None:
    op.create_table('notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=200), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('rehearsal', sa.Boolean(), nullable=False),
    sa.Column('said_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['room.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    # Not as a batch: it would make the table anew.
    op.add_column('forum', sa.Column('rehearsal', sa.Boolean(), nullable=False, server_default=sa.false()))
