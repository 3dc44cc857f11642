-- create users
--
-- Revision ID: 4c1d7e90ab12
-- Revises: base
-- Create Date: 2026-10-05 08:12:40 UTC

-- migrate:up
CREATE TABLE users (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email      text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- One account an address, however it is written.
CREATE UNIQUE INDEX users_email_key ON users (lower(email));

-- migrate:down
DROP TABLE users;
