-- What migrations do every day.

-- A first revision.
-- transaction
CREATE EXTENSION IF NOT EXISTS "pgcrypto";
CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    email varchar(255) NOT NULL UNIQUE,
    name text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE posts (
    id bigserial PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    title text NOT NULL,
    body text NOT NULL DEFAULT '',
    tags text[] NOT NULL DEFAULT '{}',
    meta jsonb NOT NULL DEFAULT '{}'::jsonb,
    published boolean DEFAULT FALSE
);
CREATE INDEX idx_posts_user_id ON posts (user_id);
CREATE INDEX idx_posts_tags ON posts USING gin (tags);
CREATE UNIQUE INDEX idx_users_lower_email ON users (lower(email));
-- end

-- updated_at.
CREATE OR REPLACE FUNCTION set_updated_at() RETURNS trigger AS $$
BEGIN
    NEW.updated_at = now();
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER users_updated_at BEFORE UPDATE ON users FOR EACH ROW EXECUTE PROCEDURE set_updated_at();
-- ERROR 42883: function set_update_at() does not exist
CREATE TRIGGER posts_updated_at BEFORE UPDATE ON posts FOR EACH ROW EXECUTE PROCEDURE set_update_at();
CREATE TRIGGER posts_updated_at BEFORE UPDATE ON posts FOR EACH ROW EXECUTE PROCEDURE set_updated_at();

-- A new column with data.
ALTER TABLE posts ADD COLUMN slug text;
UPDATE posts SET slug = lower(regexp_replace(title, '[^a-z0-9]+', '-', 'gi'));
ALTER TABLE posts ALTER COLUMN slug SET NOT NULL;
ALTER TABLE posts ADD CONSTRAINT posts_slug_key UNIQUE (slug);
-- ERROR 42P07: relation "posts_slug_key" already exists
ALTER TABLE posts ADD CONSTRAINT posts_slug_key UNIQUE (slug);
-- ERROR 42P01: relation "post" does not exist
UPDATE post SET slug = 'x';
-- ERROR 42703: column "slugg" of relation "posts" does not exist
UPDATE posts SET slugg = 'x';
INSERT INTO users (email, name) VALUES ('a@b.c', 'A') ON CONFLICT (email) DO NOTHING;
-- ERROR 42P10: there is no unique or exclusion constraint matching the ON CONFLICT specification
INSERT INTO users (email, name) VALUES ('a@b.c', 'A') ON CONFLICT (name) DO NOTHING;
INSERT INTO posts (user_id, title, slug) SELECT id, 'Hello', 'hello' FROM users WHERE email = 'nobody';
-- ERROR 42804: column "user_id" is of type uuid but expression is of type text
INSERT INTO posts (user_id, title) SELECT name, 'Hello' FROM users;

-- Comments of posts, in one statement each.
-- ERROR 42703: column "uuid" referenced in foreign key constraint does not exist
CREATE TABLE comments (id serial PRIMARY KEY, post_id int REFERENCES posts, author uuid REFERENCES users (uuid), body text);
-- ERROR 42804: foreign key constraint "comments_author_fkey" cannot be implemented
CREATE TABLE comments (id serial PRIMARY KEY, post_id int REFERENCES posts, author int REFERENCES users, body text);
CREATE TABLE comments (id serial PRIMARY KEY, post_id bigint REFERENCES posts, author uuid REFERENCES users, body text);
-- ERROR 42P01: relation "comment" does not exist
CREATE INDEX idx_comments_post ON comment (post_id);
-- ERROR 42703: column "post_ids" does not exist
CREATE INDEX idx_comments_post ON comments (post_ids);
CREATE INDEX idx_comments_post ON comments (post_id);
-- ERROR 42P07: relation "idx_comments_post" already exists
CREATE INDEX idx_comments_post ON comments (author);
ALTER TABLE comments RENAME COLUMN author TO author_id;
-- ERROR 42704: constraint "comments_author_id_fkey" of relation "comments" does not exist
ALTER TABLE comments DROP CONSTRAINT comments_author_id_fkey;
ALTER TABLE comments DROP CONSTRAINT comments_author_fkey;
ALTER TABLE comments ADD CONSTRAINT comments_author_id_fkey FOREIGN KEY (author_id) REFERENCES users ON DELETE SET NULL;
ALTER TABLE comments ADD COLUMN parent_id integer REFERENCES comments (id), ADD COLUMN depth smallint NOT NULL DEFAULT 0;
ALTER TABLE comments ADD CONSTRAINT depth_positive CHECK (depth >= 0);
-- ERROR 42703: column "dept" does not exist
ALTER TABLE comments ADD CONSTRAINT depth_positive CHECK (dept >= 0);

-- A view over it all, and what it holds in place.
CREATE VIEW post_stats AS
SELECT p.id, p.title, u.name AS author, count(c.id) AS comments, max(c.id) AS last
FROM posts p
JOIN users u ON u.id = p.user_id
LEFT JOIN comments c ON c.post_id = p.id
GROUP BY p.id, u.name;
-- ERROR 2BP01: cannot drop column name of table users because other objects depend on it
ALTER TABLE users DROP COLUMN name;
-- ERROR 0A000: cannot alter type of a column used by a view or rule
ALTER TABLE users ALTER COLUMN name TYPE varchar(100);
ALTER TABLE posts RENAME COLUMN title TO headline;
SELECT title FROM post_stats;
-- ERROR 42703: column p.title does not exist
CREATE OR REPLACE VIEW post_stats AS
SELECT p.id, p.title, u.name AS author, count(c.id) AS comments, max(c.id) AS last
FROM posts p JOIN users u ON u.id = p.user_id LEFT JOIN comments c ON c.post_id = p.id GROUP BY p.id, u.name;
-- ERROR 42P16: cannot drop columns from view
CREATE OR REPLACE VIEW post_stats AS
SELECT p.id, p.headline AS title, u.name AS author, count(c.id) AS comments
FROM posts p JOIN users u ON u.id = p.user_id LEFT JOIN comments c ON c.post_id = p.id GROUP BY p.id, u.name;
DROP VIEW post_stats;
ALTER TABLE users ALTER COLUMN name TYPE varchar(100);
-- ERROR 42P01: view "post_stats" does not exist
DROP VIEW post_stats;
DROP VIEW IF EXISTS post_stats;

-- A status as an enum.
CREATE TYPE post_status AS ENUM ('draft', 'published');
-- ERROR 22P02: invalid input value for enum post_status: "draf"
ALTER TABLE posts ADD COLUMN status post_status NOT NULL DEFAULT 'draf';
ALTER TABLE posts ADD COLUMN status post_status NOT NULL DEFAULT 'draft';
-- ERROR 42804: column "status" is of type post_status but expression is of type text
UPDATE posts SET status = CASE WHEN published THEN 'published' ELSE 'draft' END;
UPDATE posts SET status = CASE WHEN published THEN 'published'::post_status ELSE 'draft' END;
UPDATE posts SET status = 'published' WHERE published;
ALTER TABLE posts DROP COLUMN published;
-- ERROR 42703: column "published" does not exist
SELECT * FROM posts WHERE published;
ALTER TYPE post_status ADD VALUE 'archived';
CREATE INDEX idx_posts_archived ON posts (id) WHERE status = 'archived';
-- ERROR 22P02: invalid input value for enum post_status: "deleted"
CREATE INDEX idx_posts_deleted ON posts (id) WHERE status = 'deleted';
-- ERROR 2BP01: cannot drop type post_status because other objects depend on it
DROP TYPE post_status;

-- Many to many.
-- ERROR 42704: type "citext" does not exist
CREATE TABLE tags (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name citext);
CREATE TABLE tags (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE posts_tags (post_id bigint REFERENCES posts ON DELETE CASCADE, tag_id int REFERENCES tags ON DELETE CASCADE, PRIMARY KEY (post_id, tag_id));
INSERT INTO tags (name) SELECT DISTINCT unnest(tags) FROM posts ON CONFLICT DO NOTHING;
INSERT INTO posts_tags (post_id, tag_id) SELECT p.id, t.id FROM posts p CROSS JOIN LATERAL unnest(p.tags) AS x (tag) JOIN tags t ON t.name = x.tag;
-- ERROR 42804: column "tag_id" is of type integer but expression is of type text
INSERT INTO posts_tags (post_id, tag_id) SELECT p.id, t.name FROM posts p, tags t;
ALTER TABLE posts DROP COLUMN tags;
-- ERROR 42704: index "idx_posts_tags" does not exist
DROP INDEX idx_posts_tags;
-- ERROR 2BP01: cannot drop table tags because other objects depend on it
DROP TABLE tags;
DROP TABLE posts_tags, tags;
-- ERROR 42P01: table "posts_tags" does not exist
DROP TABLE posts_tags;

-- From serial to bigint, from text to uuid, from json to jsonb.
ALTER TABLE comments ALTER COLUMN id TYPE bigint;
ALTER SEQUENCE comments_id_seq AS bigint;
ALTER TABLE users ADD COLUMN external text, ADD COLUMN settings json DEFAULT '{}';
-- ERROR 42804: column "external" cannot be cast automatically to type uuid
ALTER TABLE users ALTER COLUMN external TYPE uuid;
ALTER TABLE users ALTER COLUMN external TYPE uuid USING external::uuid;
ALTER TABLE users ALTER COLUMN settings TYPE jsonb;
ALTER TABLE users ALTER COLUMN settings SET DEFAULT '{}'::jsonb, ALTER COLUMN settings TYPE jsonb USING settings::jsonb;
ALTER TABLE users ALTER COLUMN created_at TYPE timestamp USING created_at AT TIME ZONE 'UTC';
ALTER TABLE users ALTER COLUMN created_at SET DEFAULT (now() AT TIME ZONE 'utc');

-- Rename a table; its sequences, indexes and constraints keep their names.
ALTER TABLE comments RENAME TO replies;
SELECT nextval('comments_id_seq');
-- ERROR 42P01: relation "replies_id_seq" does not exist
SELECT nextval('replies_id_seq');
-- ERROR 42704: constraint "replies_pkey" of relation "replies" does not exist
ALTER TABLE replies DROP CONSTRAINT replies_pkey CASCADE;
-- ERROR 2BP01: cannot drop constraint comments_pkey on table replies because other objects depend on it
ALTER TABLE replies DROP CONSTRAINT comments_pkey;
ALTER TABLE replies DROP CONSTRAINT comments_pkey CASCADE;
-- ERROR 42704: constraint "comments_parent_id_fkey" of relation "replies" does not exist
ALTER TABLE replies DROP CONSTRAINT comments_parent_id_fkey;
ALTER TABLE replies ADD PRIMARY KEY (id);
ALTER INDEX replies_pkey RENAME TO pk_replies;

-- The way back.
DROP TRIGGER posts_updated_at ON posts;
-- ERROR 2BP01: cannot drop function set_updated_at() because other objects depend on it
DROP FUNCTION set_updated_at();
DROP TRIGGER users_updated_at ON users;
DROP FUNCTION set_updated_at();
ALTER TABLE posts DROP COLUMN status;
DROP TYPE post_status;
-- ERROR 2BP01: cannot drop table users because other objects depend on it
DROP TABLE users;
DROP TABLE replies;
DROP TABLE posts;
DROP TABLE users;
DROP TABLE IF EXISTS users, posts;
DROP EXTENSION pgcrypto;
