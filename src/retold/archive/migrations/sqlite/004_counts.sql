-- What the last comparison of a story came to. `article` is the one of its articles whose id comes
-- first, `state` tells of what it was made: articles, the models that read them, corrections.
CREATE TABLE counts (
    article     TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    state       TEXT NOT NULL,
    tellings    INTEGER NOT NULL,
    differences INTEGER NOT NULL,
    conflicts   INTEGER NOT NULL
) WITHOUT ROWID;
