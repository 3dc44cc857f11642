-- profiles
--
-- Revision ID: bbbb00000002
-- Revises: aaaa00000001
-- Create Date: 2026-11-02 01:15:00 UTC

-- migrate:up
CREATE TABLE profiles (
    user_id bigint PRIMARY KEY REFERENCES users,
    name text
);
CREATE INDEX users_name_idx ON profiles (name);

-- migrate:down
DROP TABLE profiles;
