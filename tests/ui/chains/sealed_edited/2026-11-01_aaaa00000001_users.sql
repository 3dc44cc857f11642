-- users
--
-- Revision ID: aaaa00000001
-- Revises: base
-- Create Date: 2026-11-22 01:15:00 UTC

-- migrate:up
CREATE TABLE users (
    id bigint PRIMARY KEY,
    email varchar(80) NOT NULL
);

-- migrate:down
DROP TABLE users;
