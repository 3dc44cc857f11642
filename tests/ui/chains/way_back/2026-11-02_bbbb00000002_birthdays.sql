-- birthdays
--
-- Revision ID: bbbb00000002
-- Revises: aaaa00000001
-- Create Date: 2026-11-02 01:15:00 UTC

-- migrate:up
ALTER TABLE users ADD COLUMN born date;
CREATE INDEX users_born_idx ON users (born);

-- migrate:down
DROP INDEX users_born_idx;
