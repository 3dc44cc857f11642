-- profiles
--
-- Revision ID: bbbb00000002
-- Revises: aaaa00000001
-- Create Date: 2026-11-22 01:15:00 UTC

-- migrate:up
CREATE TABLE profiles (user_id bigint REFERENCES users, bio text);

-- migrate:down
DROP TABLE profiles;
