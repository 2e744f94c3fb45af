"""how a vote is asked and what came of it."""

import sqlalchemy as sa
from alembic import op


revision = '0003g'
down_revision = '0003h'


def upgrade() -> None:
    op.create_table('elector',
    sa.Column('ballot_id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['ballot_id'], ['ballot.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('ballot_id', 'seat_id')
    )
    # Columns one by one, and no table made anew: on SQLite what hangs on it would be lost.
    for column in (
        sa.Column('showing', sa.String(length=12), nullable=False, server_default='live'),
        sa.Column('rule', sa.JSON(), nullable=False, server_default='{}'),
        sa.Column('sectors', sa.JSON(), nullable=False, server_default='[]'),
        sa.Column('fixed', sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column('earlier_id', sa.Integer(), nullable=True),
        sa.Column('conclusion', sa.JSON(none_as_null=True), nullable=True),
    ):
        op.add_column('ballot', column)
    # What was hidden told how many had voted.
    ballot = sa.table('ballot', sa.column('showing', sa.String), sa.column('hidden', sa.Boolean))
    op.execute(ballot.update().where(ballot.c.hidden).values(showing='turnout'))
    op.drop_column('ballot', 'hidden')
    op.add_column('paper', sa.Column('sector_id', sa.Integer(), nullable=True))
    op.add_column('paper', sa.Column('reason', sa.JSON(none_as_null=True), nullable=True))
    op.add_column('tally', sa.Column('entitled', sa.Integer(), nullable=True))
