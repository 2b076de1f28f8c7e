-- The column of `sqlite/006_parts.sql`.
ALTER TABLE vectors ADD COLUMN starts bytea;
