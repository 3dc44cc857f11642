-- index
--
-- Revision ID: bbbb00000002
-- Revises: aaaa00000001
-- Create Date: 2026-11-22 01:15:00 UTC

-- migrate:up transaction:false
LOCK TABLE users;

-- migrate:down
SELECT 1;
