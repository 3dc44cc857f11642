-- count visits
--
-- Revision ID: slow
-- Revises: first
-- Create Date: 2026-11-21 09:00:00 UTC

-- migrate:up
CREATE TABLE counts (visits bigint NOT NULL);
INSERT INTO counts SELECT count(*) FROM visits;
-- As long as the test says.
SELECT pg_sleep(coalesce(nullif(current_setting('service.nap', true), ''), '0')::float8);
ALTER TABLE counts ADD counted_at timestamptz NOT NULL DEFAULT now();

-- migrate:down
DROP TABLE counts;
