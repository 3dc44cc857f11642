-- merge
--
-- Revision ID: cccc00000003
-- Revises: aaaa00000001, aaaa00000001
-- Create Date: 2026-11-22 01:15:00 UTC

-- migrate:up


-- migrate:down

