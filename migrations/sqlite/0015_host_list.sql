-- Facts by which hosts are listed and sorted; they repeat what host_facts.facts says.

ALTER TABLE host_facts ADD COLUMN os TEXT;
ALTER TABLE host_facts ADD COLUMN kernel TEXT;
ALTER TABLE host_facts ADD COLUMN tpm_maker TEXT;
ALTER TABLE host_facts ADD COLUMN tpm_firmware TEXT;
ALTER TABLE host_facts ADD COLUMN tpm_interface TEXT;
ALTER TABLE host_facts ADD COLUMN agent TEXT NOT NULL DEFAULT '';

UPDATE host_facts SET
    os = json_extract(facts, '$.os_name'),
    kernel = json_extract(facts, '$.kernel'),
    tpm_maker = json_extract(facts, '$.tpm.manufacturer'),
    tpm_firmware = json_extract(facts, '$.tpm.firmware'),
    tpm_interface = json_extract(facts, '$.tpm.interface'),
    agent = json_extract(facts, '$.agent_version');
