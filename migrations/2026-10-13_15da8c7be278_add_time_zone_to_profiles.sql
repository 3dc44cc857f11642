-- add time zone to profiles
--
-- Revision ID: 15da8c7be278
-- Revises: 8f2b61c05d34
-- Create Date: 2026-10-13 16:45:19 UTC

-- migrate:up
ALTER TABLE profiles ADD COLUMN time_zone text NOT NULL DEFAULT 'UTC';

-- migrate:down
ALTER TABLE profiles DROP COLUMN time_zone;
