-- create participants
--
-- Revision ID: c93f5e214d9a
-- Revises: b7e0943fa156
-- Create Date: 2026-10-15 10:20:57 UTC

-- migrate:up
CREATE TABLE participants (
    session_id bigint NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    user_id    bigint NOT NULL REFERENCES users (id),
    role       text NOT NULL DEFAULT 'candidate'
               CHECK (role IN ('candidate', 'interviewer', 'observer')),
    joined_at  timestamptz,
    PRIMARY KEY (session_id, user_id)
);

CREATE VIEW upcoming_sessions AS
SELECT s.id, s.title, s.scheduled_at, count(p.user_id) AS participants
FROM sessions s
LEFT JOIN participants p ON p.session_id = s.id
WHERE s.state = 'scheduled'
GROUP BY s.id;

-- migrate:down
DROP VIEW upcoming_sessions;
DROP TABLE participants;
