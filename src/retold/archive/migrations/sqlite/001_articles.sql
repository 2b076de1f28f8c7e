-- One row for a text at an address; `address` is what the versions of an article share.
CREATE TABLE articles (
    number    INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    address   TEXT,
    url       TEXT,
    outlet    TEXT COLLATE NOCASE,
    title     TEXT,
    published TEXT,             -- 2031-05-06
    language  TEXT NOT NULL,
    added     TEXT NOT NULL,    -- 2031-05-06T09:30:00.000000+00:00
    model     TEXT NOT NULL,
    text      TEXT NOT NULL,
    reading   BLOB NOT NULL     -- all but text and vectors: MessagePack, deflated
);
CREATE INDEX articles_address ON articles (address) WHERE address IS NOT NULL;
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_outlet ON articles (outlet, published);

-- One int8 vector for each passage, row after row, deflated; apart, so that lists stay quick.
CREATE TABLE vectors (
    article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    packed  BLOB NOT NULL
);

CREATE TABLE speakers (
    number  INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    id      TEXT NOT NULL,
    name    TEXT NOT NULL,
    folded  TEXT NOT NULL,      -- the name in small letters without accents
    kind    TEXT NOT NULL
);
CREATE INDEX speakers_article ON speakers (article);
CREATE INDEX speakers_folded ON speakers (folded);

-- `content` is the characters of the content's pieces, " … " between two; start and end their hull.
CREATE TABLE statements (
    number    INTEGER PRIMARY KEY,
    article   INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    id        TEXT NOT NULL,
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    content   TEXT NOT NULL,
    quotation TEXT NOT NULL,    -- direct, indirect, mixed
    act       TEXT NOT NULL,
    speaker   INTEGER REFERENCES speakers ON DELETE CASCADE,
    said      TEXT,             -- EDTF
    score     REAL NOT NULL
);
CREATE INDEX statements_article ON statements (article);
CREATE INDEX statements_speaker ON statements (speaker) WHERE speaker IS NOT NULL;

-- Through whom a statement came, the outermost first.
CREATE TABLE chains (
    statement INTEGER NOT NULL REFERENCES statements ON DELETE CASCADE,
    place     INTEGER NOT NULL,
    speaker   INTEGER NOT NULL REFERENCES speakers ON DELETE CASCADE,
    PRIMARY KEY (statement, place)
) WITHOUT ROWID;
CREATE INDEX chains_speaker ON chains (speaker);

-- What was given, and in it what gave no article, until it does.
CREATE TABLE failures (
    given   TEXT NOT NULL,
    source  TEXT NOT NULL,
    message TEXT NOT NULL,
    hint    TEXT NOT NULL,
    at      TEXT NOT NULL,
    PRIMARY KEY (given, source)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE article_words USING fts5 (
    title, text, content='articles', content_rowid='number',
    tokenize="porter unicode61 remove_diacritics 2"
);
CREATE TRIGGER articles_added AFTER INSERT ON articles BEGIN
    INSERT INTO article_words (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER articles_removed AFTER DELETE ON articles BEGIN
    INSERT INTO article_words (article_words, rowid, title, text)
    VALUES ('delete', old.number, old.title, old.text);
END;

CREATE VIRTUAL TABLE statement_words USING fts5 (
    content, content='statements', content_rowid='number',
    tokenize="porter unicode61 remove_diacritics 2"
);
CREATE TRIGGER statements_added AFTER INSERT ON statements BEGIN
    INSERT INTO statement_words (rowid, content) VALUES (new.number, new.content);
END;
CREATE TRIGGER statements_removed AFTER DELETE ON statements BEGIN
    INSERT INTO statement_words (statement_words, rowid, content)
    VALUES ('delete', old.number, old.content);
END;

CREATE VIRTUAL TABLE speaker_words USING fts5 (
    name, content='speakers', content_rowid='number',
    tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER speakers_added AFTER INSERT ON speakers BEGIN
    INSERT INTO speaker_words (rowid, name) VALUES (new.number, new.name);
END;
CREATE TRIGGER speakers_removed AFTER DELETE ON speakers BEGIN
    INSERT INTO speaker_words (speaker_words, rowid, name)
    VALUES ('delete', old.number, old.name);
END;
