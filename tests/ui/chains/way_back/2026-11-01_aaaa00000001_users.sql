-- users
--
-- Revision ID: aaaa00000001
-- Revises: base
-- Create Date: 2026-11-01 01:15:00 UTC

-- migrate:up
CREATE TABLE users (
    id bigint PRIMARY KEY,
    email text NOT NULL,
    nickname text
);

-- migrate:down
DROP TABLE users;
