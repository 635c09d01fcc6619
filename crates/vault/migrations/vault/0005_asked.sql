-- What became of a request to stop: what the other side answered, and the mail that said how to ask.
ALTER TABLE partner_step ADD COLUMN status BIGINT;   -- HTTP (RFC 9110) or SMTP (RFC 5321); NULL: she did it herself
ALTER TABLE partner_step ADD COLUMN message BIGINT;  -- message.id
