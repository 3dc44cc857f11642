-- index sessions by time
--
-- Revision ID: d48e6b0c35f9
-- Revises: e05c2d9b71de
-- Create Date: 2026-10-29 15:22:06 UTC

-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY sessions_scheduled_at ON sessions (scheduled_at) WHERE state = 'scheduled';

-- migrate:down transaction:false
DROP INDEX CONCURRENTLY sessions_scheduled_at;
