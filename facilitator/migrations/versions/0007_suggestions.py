"""suggestions."""

import sqlalchemy as sa
from alembic import op


revision = '0007'
down_revision = '0006'


def upgrade() -> None:
    op.create_table('suggestion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=False),
    sa.Column('recommendation_id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=True),
    sa.Column('grant_id', sa.Integer(), nullable=True),
    sa.Column('epoch', sa.String(length=36), nullable=False),
    sa.Column('root', sa.String(length=40), nullable=False),
    sa.Column('units', sa.JSON(), nullable=False),
    sa.Column('quote', sa.String(length=2000), nullable=False),
    sa.Column('put', sa.String(length=4000), nullable=True),
    sa.Column('outcome', sa.String(length=12), nullable=False),
    sa.Column('answer', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('cut', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['grant_id'], ['grant.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['recommendation_id'], ['recommendation.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('uuid'),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_suggestion_recommendation_id'), 'suggestion', ['recommendation_id'])
    op.create_index('ix_suggestion_room_seat', 'suggestion', ['room_id', 'seat_id'])
    op.create_table('stance',
    sa.Column('suggestion_id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('agrees', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['suggestion_id'], ['suggestion.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('suggestion_id', 'seat_id')
    )
    op.create_table('stances',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agree', sa.Integer(), nullable=False),
    sa.Column('disagree', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['suggestion.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('reply',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=False),
    sa.Column('suggestion_id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.String(length=400), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('posted_at', sa.DateTime(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.String(length=12), nullable=True),
    sa.Column('was', sa.String(length=12), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['suggestion_id'], ['suggestion.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('uuid'),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_reply_suggestion_id'), 'reply', ['suggestion_id'])
    op.create_index('ix_reply_room_seat', 'reply', ['room_id', 'seat_id'])
    # Not as a batch: it makes the table anew. Both databases know this.
    op.execute('ALTER TABLE report ADD COLUMN reply_id INTEGER REFERENCES reply (id)')
    op.create_index('ix_report_reply_seat', 'report', ['reply_id', 'seat_id'], unique=True)
