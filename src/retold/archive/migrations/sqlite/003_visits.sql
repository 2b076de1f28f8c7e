-- What `watch` follows: feeds, and the pages that they list, each with what is said of it there.
CREATE TABLE visits (
    url       TEXT PRIMARY KEY,
    feed      TEXT,               -- that lists it; null for a feed
    address   TEXT,               -- that of its article, once there is one
    outlet    TEXT,
    title     TEXT,
    published TEXT,               -- 2031-05-06
    answered  TEXT,               -- the address whose server said the next two
    etag      TEXT,
    modified  TEXT,
    first     TEXT NOT NULL,      -- 2031-05-06T09:30:00+00:00
    due       TEXT,               -- not to be visited before; null: not any more
    failures  INTEGER NOT NULL    -- since the last visit that went well
) WITHOUT ROWID;
CREATE INDEX visits_due ON visits (feed, due);

CREATE TRIGGER visits_forgotten AFTER DELETE ON articles BEGIN
    DELETE FROM visits WHERE address = old.address;
END;

-- Articles that `watch` has kept and not yet compared with the others of their story.
CREATE TABLE untold (
    article TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE
) WITHOUT ROWID;
