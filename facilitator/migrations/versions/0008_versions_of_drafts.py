"""versions of drafts, and by which sectors they were written."""

import sqlalchemy as sa
from alembic import op


revision = '0008'
down_revision = '0007'


def upgrade() -> None:
    op.create_table('draft_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('how', sa.Enum('hand', 'step', 'adopted', 'rejected', name='how', native_enum=False, length=12), nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('step', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_draft_version_draft_id'), 'draft_version', ['draft_id'], unique=False)
    op.create_table('draft_shares',
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('rows', sa.JSON(), nullable=False),
    sa.Column('spans', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('draft_id')
    )
    op.add_column('room', sa.Column('anonymous', sa.Boolean(), nullable=False, server_default=sa.false()))
