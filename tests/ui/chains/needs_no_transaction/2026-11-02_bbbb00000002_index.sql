-- index
--
-- Revision ID: bbbb00000002
-- Revises: aaaa00000001
-- Create Date: 2026-11-22 01:15:00 UTC

-- migrate:up
CREATE INDEX CONCURRENTLY users_email ON users (email);

-- migrate:down
DROP INDEX users_email;
