-- +goose Up

-- What a mail is about: a contact, whose transcript it is, or a request of which its person is told. The mail
-- of a request has no address of its own: it is opened from the request when the mail is sent.
alter table outbox add column about text not null default 'contact';

-- How the person is told that the time of a request was extended: '' (it was not), mailing, mailed, by_hand.
alter table rights_request add column told text not null default '';

-- +goose Down
alter table rights_request drop column told;
alter table outbox drop column about;
