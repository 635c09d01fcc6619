-- One text index, of words. A bare word asks for all words of its stem: which these are is said here,
-- where stems were indexed beside the words of each mail before.

-- 2 facts. Words of the text index whose stem is another word, by the language whose stemmer says so.
-- Filled as mails are indexed; for an index that was made before, from its words (search::forms::make).
CREATE TABLE word_form (
    person_id BIGINT NOT NULL,
    stem      TEXT NOT NULL,
    language  TEXT NOT NULL,              -- Language::code
    word      TEXT NOT NULL,              -- folded, as in the text index
    PRIMARY KEY (person_id, stem, language, word)
) {clustered};
--! sqlite
DROP TABLE stem_index;
-- The first three letters of each mail's words: short prefixes. The row is message.id; mails indexed before
-- have none until all are indexed again (setting 'starts').
CREATE VIRTUAL TABLE start_index USING fts5 (text, content = '', columnsize = 0,
    tokenize = "ascii", detail = none);
-- The words of word_index, each once and each as often as it stands somewhere; they hold nothing themselves.
CREATE VIRTUAL TABLE word_vocabulary USING fts5vocab (word_index, row);
CREATE VIRTUAL TABLE word_instance USING fts5vocab (word_index, instance);
--! postgres
ALTER TABLE text_index DROP COLUMN stems;
--! both
