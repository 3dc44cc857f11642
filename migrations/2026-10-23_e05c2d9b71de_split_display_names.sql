-- split display names
--
-- Revision ID: e05c2d9b71de
-- Revises: 6ab41f7d08bc
-- Create Date: 2026-10-23 11:37:48 UTC

-- migrate:up
ALTER TABLE profiles ADD COLUMN given_name text, ADD COLUMN family_name text;

-- What stands before the last word is the given name; one word alone is the family name.
UPDATE profiles
SET given_name  = nullif(regexp_replace(display_name, '\s*\S+$', ''), ''),
    family_name = substring(display_name FROM '\S+$');

-- migrate:down
ALTER TABLE profiles DROP COLUMN given_name, DROP COLUMN family_name;
