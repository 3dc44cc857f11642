-- missing extension
--
-- Revision ID: dddd00000004
-- Revises: cccc00000003
-- Create Date: 2026-11-04 01:15:00 UTC

-- migrate:up
ALTER TABLE users ADD COLUMN website citext;

-- migrate:down
ALTER TABLE users DROP COLUMN website;
