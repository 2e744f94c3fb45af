"""similar texts."""

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'


def upgrade() -> None:
    op.add_column('job', sa.Column('not_before', sa.DateTime(), nullable=True))
    op.create_table('likeness',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('forum_id', sa.Integer(), nullable=False),
    sa.Column('a_id', sa.Integer(), nullable=False),
    sa.Column('b_id', sa.Integer(), nullable=False),
    sa.Column('found_by', sa.String(length=12), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('shared', sa.JSON(), nullable=False),
    sa.Column('verdict', sa.String(length=12), nullable=True),
    sa.Column('gone', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['a_id'], ['recommendation.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['b_id'], ['recommendation.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['forum_id'], ['forum.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('a_id', 'b_id'),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_likeness_b_id'), 'likeness', ['b_id'], unique=False)
    op.create_index(op.f('ix_likeness_forum_id'), 'likeness', ['forum_id'], unique=False)
    op.create_table('encoding',
    sa.Column('forum_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('model', sa.String(length=40), nullable=False),
    sa.Column('vector', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['forum_id'], ['forum.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('forum_id', 'digest', 'model')
    )
