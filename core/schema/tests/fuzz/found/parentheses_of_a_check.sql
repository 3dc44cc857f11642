-- A check was dumped without the first of its parentheses.
CREATE TABLE t (a int, CONSTRAINT c CHECK (((a >= 0) AND (a <= 65535))));
