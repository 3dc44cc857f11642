-- greet users
--
-- Revision ID: bbbb00000002
-- Revises: aaaa00000001
-- Create Date: 2026-11-02 01:15:00 UTC

-- migrate:up
CREATE VIEW greetings AS
    SELECT id, 'Hello ' || coalesce(nickname, email) AS greeting FROM users;

-- migrate:down
DROP VIEW greetings;
