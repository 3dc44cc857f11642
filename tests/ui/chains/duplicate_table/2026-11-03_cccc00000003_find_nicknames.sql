-- find nicknames
--
-- Revision ID: cccc00000003
-- Revises: bbbb00000002
-- Create Date: 2026-11-03 01:15:00 UTC

-- migrate:up
CREATE INDEX users_name_idx ON users (nickname);

-- migrate:down
DROP INDEX users_name_idx;
