-- How late the verifications of a server are, if they are: the others show it too.

ALTER TABLE replicas ADD COLUMN late_since INTEGER;
ALTER TABLE replicas ADD COLUMN late_s INTEGER;
