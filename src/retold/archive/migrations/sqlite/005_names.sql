-- Each name once for each kind, and how often a speaker has it; what a name may mean is looked up
-- here, not in the speakers of every article.
CREATE TABLE names (
    number   INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    kind     TEXT NOT NULL,
    speakers INTEGER NOT NULL,
    UNIQUE (name, kind)
);
INSERT INTO names (name, kind, speakers)
SELECT name, kind, count(*) FROM speakers GROUP BY name, kind ORDER BY min(number);

DROP TRIGGER speakers_added;
DROP TRIGGER speakers_removed;
DROP TABLE speaker_words;
CREATE VIRTUAL TABLE speaker_words USING fts5 (
    name, content='names', content_rowid='number',
    tokenize="unicode61 remove_diacritics 2"
);
INSERT INTO speaker_words (speaker_words) VALUES ('rebuild');
CREATE TRIGGER names_added AFTER INSERT ON names BEGIN
    INSERT INTO speaker_words (rowid, name) VALUES (new.number, new.name);
END;
CREATE TRIGGER names_removed AFTER DELETE ON names BEGIN
    INSERT INTO speaker_words (speaker_words, rowid, name)
    VALUES ('delete', old.number, old.name);
END;
CREATE TRIGGER speakers_removed AFTER DELETE ON speakers BEGIN
    UPDATE names SET speakers = speakers - 1 WHERE name = old.name AND kind = old.kind;
    DELETE FROM names WHERE name = old.name AND kind = old.kind AND speakers = 0;
END;

-- The day of the article, so that what someone said last is found without all that they said.
ALTER TABLE speakers ADD COLUMN published TEXT;
UPDATE speakers SET published = (SELECT published FROM articles WHERE number = speakers.article);
DROP INDEX speakers_folded;
CREATE INDEX speakers_folded ON speakers (folded, published DESC, article DESC);

-- Which articles another model has read.
CREATE INDEX articles_model ON articles (model);
