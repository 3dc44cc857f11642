-- drop nicknames
--
-- Revision ID: cccc00000003
-- Revises: bbbb00000002
-- Create Date: 2026-11-03 01:15:00 UTC

-- migrate:up
ALTER TABLE users DROP COLUMN nickname;

-- migrate:down
ALTER TABLE users ADD COLUMN nickname text;
