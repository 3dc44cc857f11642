-- merge
--
-- Revision ID: dddd00000004
-- Revises: bbbb00000002, cccc00000003
-- Create Date: 2026-11-22 01:15:00 UTC

-- migrate:up


-- migrate:down

