-- create interview sessions
--
-- Revision ID: b7e0943fa156
-- Revises: 8f2b61c05d34
-- Create Date: 2026-10-12 09:01:33 UTC
-- Branch Labels: interviews

-- migrate:up
CREATE TYPE session_state AS ENUM ('scheduled', 'running', 'finished', 'cancelled');

CREATE TABLE sessions (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    host_id      bigint NOT NULL REFERENCES users (id),
    title        text NOT NULL,
    state        session_state NOT NULL DEFAULT 'scheduled',
    scheduled_at timestamptz NOT NULL,
    minutes      integer NOT NULL DEFAULT 45 CHECK (minutes BETWEEN 5 AND 480)
);

CREATE INDEX sessions_host_id ON sessions (host_id);

-- migrate:down
DROP TABLE sessions;
DROP TYPE session_state;
