-- merge time zones and interviews
--
-- Revision ID: 6ab41f7d08bc
-- Revises: 15da8c7be278, c93f5e214d9a
-- Create Date: 2026-10-20 08:05:11 UTC

-- migrate:up


-- migrate:down
