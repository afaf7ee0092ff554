-- Facts by which hosts are listed and sorted; they repeat what host_facts.facts says.

ALTER TABLE host_facts ADD COLUMN os TEXT COLLATE "C";
ALTER TABLE host_facts ADD COLUMN kernel TEXT COLLATE "C";
ALTER TABLE host_facts ADD COLUMN tpm_maker TEXT COLLATE "C";
ALTER TABLE host_facts ADD COLUMN tpm_firmware TEXT COLLATE "C";
ALTER TABLE host_facts ADD COLUMN tpm_interface TEXT COLLATE "C";
ALTER TABLE host_facts ADD COLUMN agent TEXT COLLATE "C" NOT NULL DEFAULT '';

