-- greet users
--
-- Revision ID: cccc00000003
-- Revises: bbbb00000002
-- Create Date: 2026-11-03 01:15:00 UTC

-- migrate:up
CREATE VIEW greetings AS
    SELECT id, 'Hello ' || coalesce(nickname, email) AS greeting FROM users;

-- migrate:down
DROP VIEW greetings;
