-- The table of `sqlite/004_counts.sql`.
CREATE TABLE counts (
    article     text PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    state       text NOT NULL,
    tellings    integer NOT NULL,
    differences integer NOT NULL,
    conflicts   integer NOT NULL
);
