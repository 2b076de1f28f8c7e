-- What readers corrected: a log of records, and the articles that each is about. They stand apart
-- from readings, which may be made again, and are forgotten with the article.
CREATE TABLE corrections (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    entry TEXT NOT NULL
);

CREATE TABLE corrected (
    correction TEXT NOT NULL REFERENCES corrections (id) ON DELETE CASCADE,
    article TEXT NOT NULL,
    PRIMARY KEY (correction, article)
) WITHOUT ROWID;
CREATE INDEX corrected_articles ON corrected (article);

CREATE TRIGGER corrections_forgotten AFTER DELETE ON articles BEGIN
    DELETE FROM corrections
    WHERE id IN (SELECT correction FROM corrected WHERE article = old.id);
END;
