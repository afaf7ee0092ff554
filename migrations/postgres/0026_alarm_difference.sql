-- What a red alarm's host differed in when it last failed: names all red alarms of one cause, also
-- after hosts pass again and only wait to be reset.
ALTER TABLE hosts ADD COLUMN alarm_difference BYTEA;

CREATE INDEX hosts_by_alarm_difference ON hosts (alarm_difference)
    WHERE alarm_difference IS NOT NULL;
