-- +goose Up

-- A mail on its way out: a transcript that a citizen ordered. While it waits, sealed holds the address
-- under its own record, and lang says which language it is written in; both are emptied in the
-- transaction that notes it as sent or given up. next_at is when it may be tried, or tried again if
-- whoever claimed it died.
create table outbox (
  authority text not null,
  id text not null,
  contact text not null,
  state text not null,
  reason text not null,
  attempts bigint not null,
  next_at bigint not null,
  ordered_at bigint not null,
  done_at bigint not null,
  message_id text not null,
  lang text,
  record text,
  sealed bytea,
  primary key (authority, id)
);
create unique index outbox_one on outbox (authority, contact) where state = 'waiting';
create index outbox_due on outbox (next_at) where state = 'waiting';
create index outbox_done on outbox (authority, done_at) where state <> 'waiting';
create index outbox_contact on outbox (authority, contact, ordered_at);
create index outbox_record on outbox (authority, record) where record is not null;

-- How many mails of a day were sent and given up.
create table fact_mail (
  authority text not null,
  day text not null,
  outcome text not null,
  n bigint not null,
  primary key (authority, day, outcome)
);

-- +goose Down
drop table fact_mail;
drop table outbox;
