"""reservations and reopening."""

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = '0008'


def upgrade() -> None:
    op.create_table('reservation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=False),
    sa.Column('recommendation_id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=True),
    sa.Column('sector_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.String(length=1000), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('posted_at', sa.DateTime(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.String(length=12), nullable=True),
    sa.Column('was', sa.String(length=12), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['recommendation_id'], ['recommendation.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sector_id'], ['sector.id'], ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('uuid'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_reservation_recommendation_id', 'reservation', ['recommendation_id'], unique=False)
    op.create_index('ix_reservation_room_id', 'reservation', ['room_id'], unique=False)
    op.create_index('ix_reservation_room_seat', 'reservation', ['room_id', 'seat_id'], unique=False)

    op.create_table('reopening',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=False),
    sa.Column('recommendation_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('text', sa.String(length=300), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=True),
    sa.Column('hash', sa.String(length=71), nullable=True),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['recommendation_id'], ['recommendation.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_reopening_recommendation_id', 'reopening', ['recommendation_id'], unique=False)
    op.create_index('ix_reopening_room_id', 'reopening', ['room_id'], unique=False)

    op.add_column('recommendation', sa.Column('adopted_hash', sa.String(length=71), nullable=True))
    # In words: SQLite takes no constraint besides, but one within the column.
    op.execute('ALTER TABLE report ADD COLUMN reservation_id INTEGER REFERENCES reservation (id)')
    op.create_index('ix_report_reservation', 'report', ['reservation_id', 'seat_id'], unique=True)
