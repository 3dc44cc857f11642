-- What is kept as its statement ends where that ends, and not where the block does.
DO $$ BEGIN CREATE ROLE r NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN EXECUTE 'CREATE ROLE s LOGIN'; CREATE DOMAIN d AS int; END $$;
