-- merge
--
-- Revision ID: cccc00000003
-- Revises: aaaa00000001, bbbb00000002
-- Create Date: 2026-11-22 01:15:00 UTC

-- migrate:up


-- migrate:down

