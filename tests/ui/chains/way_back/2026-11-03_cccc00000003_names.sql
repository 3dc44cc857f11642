-- names
--
-- Revision ID: cccc00000003
-- Revises: bbbb00000002
-- Create Date: 2026-11-03 01:15:00 UTC

-- migrate:up
ALTER TABLE users RENAME COLUMN nickname TO name;

-- migrate:down
ALTER TABLE users RENAME COLUMN nickname TO name;
