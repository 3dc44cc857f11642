-- make visits
--
-- Revision ID: first
-- Revises: base
-- Create Date: 2026-11-20 09:00:00 UTC

-- migrate:up
CREATE TABLE visits (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now()
);

-- migrate:down
DROP TABLE visits;
