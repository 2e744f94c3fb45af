"""evidence."""

import sqlalchemy as sa
from alembic import op


revision = '0010'
down_revision = '0009'


def upgrade() -> None:
    op.create_table('evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('text', sa.String(length=500), nullable=False),
    sa.Column('lang', sa.String(length=12), nullable=False),
    sa.Column('posted_at', sa.DateTime(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.String(length=12), nullable=True),
    sa.Column('was', sa.String(length=12), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('uuid'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_evidence_room_id', 'evidence', ['room_id'], unique=False)
    op.create_index('ix_evidence_room_seat', 'evidence', ['room_id', 'seat_id'], unique=False)

    # In words: SQLite takes no constraint besides, but one within the column.
    op.execute('ALTER TABLE report ADD COLUMN evidence_id INTEGER REFERENCES evidence (id)')
    op.create_index('ix_report_evidence', 'report', ['evidence_id', 'seat_id'], unique=True)
