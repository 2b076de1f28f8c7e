-- Where parts of `packed` begin that are unpacked without what stands before them, of 32 vectors
-- each: little-endian, four bytes a number. Null in what was written before: there, all is one part.
ALTER TABLE vectors ADD COLUMN starts BLOB;
