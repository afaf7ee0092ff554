-- A report that the newest of identical appraisals repeats is not written again: its digest says
-- that it is on record already, and what the newest appraisal has of its own (JSON) stands beside
-- it. Nothing: the report was written by an earlier version; the report is the newest's own.
ALTER TABLE appraisals ADD COLUMN report_digest BYTEA;
ALTER TABLE appraisals ADD COLUMN repetition TEXT COLLATE "C";
