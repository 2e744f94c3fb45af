"""the plenary."""

import sqlalchemy as sa
from alembic import op


revision = '0013'
down_revision = '0012'


def upgrade() -> None:
    op.create_table('motion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=71), nullable=False),
    sa.Column('was', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('whole_id', sa.Integer(), nullable=True),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('put_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['recommendation.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['whole_id'], ['ballot.id'], ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id')
    )
    # Not as a batch: it makes the table anew. Both databases know this.
    op.execute('ALTER TABLE recommendation ADD COLUMN entry_id INTEGER REFERENCES recommendation (id)')
    op.create_index('ix_recommendation_entry_id', 'recommendation', ['entry_id'])
    op.add_column('ballot', sa.Column('whole', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('suggestion', sa.Column('revision', sa.Integer(), nullable=True))
