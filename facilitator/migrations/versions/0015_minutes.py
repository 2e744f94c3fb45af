"""minutes of meetings, and which annexes the document has."""

import sqlalchemy as sa
from alembic import op


revision = '0015'
down_revision = '0014'


def upgrade() -> None:
    op.add_column('forum', sa.Column('minutes', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('forum', sa.Column('annexes', sa.JSON(), nullable=False, server_default='["minutes"]'))
    op.add_column('consulted', sa.Column('answered', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('recommendation', sa.Column('sort', sa.String(length=16), nullable=False, server_default='recommendation'))
    op.add_column('recommendation', sa.Column('by', sa.String(length=120), nullable=True))
    op.add_column('recommendation', sa.Column('now', sa.Boolean(), nullable=True))
    op.add_column('recommendation', sa.Column('done', sa.JSON(none_as_null=True), nullable=True))
    # In words: SQLite takes no constraint besides, but one within the column.
    op.execute('ALTER TABLE recommendation ADD COLUMN origin_id INTEGER REFERENCES recommendation (id)')
