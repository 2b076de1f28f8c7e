"""The archive: every reading that was kept, in one place, found again by its words and speakers.

An archive is a SQLite file, or a schema of a PostgreSQL database: one writer at a time, readers at
once. A row of `articles` is one text at one address; the same address with another text is another
row, a version. Beside the text stands its reading, as it was made, and what queries ask for in
columns of its own: `speakers`, `statements`, `chains`. Full-text indexes of articles, statements
and speakers' names are kept in step in the transaction that writes.

    store       what is kept: keep, reading, articles, versions, forget, failures
    versions    what changed between two texts of one address
    rows        a reading as rows, and back
    database    what is asked of a database of either kind: the one seam between them
    sqlite      a file: opened, migrated, one transaction at a time, errors in plain words
    postgres    the same of a server
    words       the words of a text as both look for them
    migrations  the tables, a numbered file for each step, for each kind
    copying     a whole archive from one database into another
    check       whether every span holds its text, every id resolves, and the indexes are in step

What is asked of it, none of it kept:

    said        statements as a list shows them
    search      statements and articles by their words
    meaning     passages by their vectors
    vectors     the vectors, as they are kept
    sketches    the file beside the archive through which the nearest are found
    lists       what is in it: sketches, in lists of those that lie together
    quotations  who gives a wording, in which words, credited to whom
    people      whom a name may mean
    accounts    what one speaker said over time, and told otherwise later
    stories     articles of one event

    counts      what comparing a story came to, kept until there is something else to compare
"""
