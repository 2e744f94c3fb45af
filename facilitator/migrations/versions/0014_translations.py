"""translations."""

import sqlalchemy as sa
from alembic import op


revision = '0014'
down_revision = '0013'


def upgrade() -> None:
    op.create_table('translation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('original_id', sa.Integer(), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('made_by', sa.String(length=12), nullable=False),
    sa.Column('made_from', sa.Integer(), nullable=False),
    sa.Column('checked_seq', sa.Integer(), nullable=True),
    sa.Column('checked_by', sa.String(length=12), nullable=True),
    sa.Column('checked_at', sa.String(length=40), nullable=True),
    sa.Column('gone', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['recommendation.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['original_id'], ['recommendation.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_translation_original_id', 'translation', ['original_id'], unique=False)
    op.add_column('chapter', sa.Column('intros', sa.JSON(), nullable=False, server_default='{}'))
