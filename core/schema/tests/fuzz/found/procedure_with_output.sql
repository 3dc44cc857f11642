-- A procedure has no RETURNS, whatever its parameters give back.
CREATE PROCEDURE p(INOUT n int, OUT t text) LANGUAGE plpgsql AS $$ BEGIN n := n + 1; END $$;
