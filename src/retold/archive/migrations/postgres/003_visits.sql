-- The tables of `sqlite/003_visits.sql`.
CREATE TABLE visits (
    url       text COLLATE "C" PRIMARY KEY,
    feed      text,
    address   text,
    outlet    text,
    title     text,
    published text COLLATE "C",
    answered  text,
    etag      text,
    modified  text,
    first     text COLLATE "C" NOT NULL,
    due       text COLLATE "C",
    failures  integer NOT NULL
);
CREATE INDEX visits_due ON visits (feed, due);

CREATE FUNCTION forget_visits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM visits WHERE address = old.address;
    RETURN NULL;
END $$;
CREATE TRIGGER visits_forgotten AFTER DELETE ON articles
    FOR EACH ROW EXECUTE FUNCTION forget_visits();

CREATE TABLE untold (
    article text PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE
);
