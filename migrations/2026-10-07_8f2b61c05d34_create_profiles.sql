-- create profiles
--
-- Revision ID: 8f2b61c05d34
-- Revises: 4c1d7e90ab12
-- Create Date: 2026-10-07 14:30:05 UTC

-- migrate:up
CREATE TABLE profiles (
    user_id      bigint PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    display_name text NOT NULL CHECK (display_name <> ''),
    headline     text,
    updated_at   timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION touch_updated_at() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$$;

CREATE TRIGGER profiles_touch BEFORE UPDATE ON profiles
    FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- migrate:down
DROP TABLE profiles;
DROP FUNCTION touch_updated_at();
