-- sessions
--
-- Revision ID: cccc00000003
-- Revises: aaaa00000001
-- Create Date: 2026-11-22 01:15:00 UTC

-- migrate:up
CREATE TABLE sessions (id bigint PRIMARY KEY);

-- migrate:down
DROP TABLE sessions;
