-- index visits
--
-- Revision ID: index
-- Revises: slow
-- Create Date: 2026-11-22 09:00:00 UTC

-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY visits_at ON visits (at);

-- migrate:down transaction:false
DROP INDEX CONCURRENTLY visits_at;
