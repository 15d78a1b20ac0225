-- +goose Up

-- Contacts that the program drew at random for a reviewer. The record belongs to the notice staff-accounts,
-- group samples: when its time has passed, the rows are deleted.
create table sample (
  authority text not null,
  id text not null,
  record text not null,
  staff text not null,
  service text not null,
  purpose text not null,
  drawn_at bigint not null,
  primary key (authority, id)
);
create index sample_record on sample (authority, record);
create index sample_staff on sample (authority, staff);

-- What was drawn. Contact is emptied when the contact's conversation ends; it keeps nothing alive.
create table sample_item (
  authority text not null,
  sample text not null,
  no bigint not null,
  contact text,
  state text not null,
  primary key (authority, sample, no)
);
create index sample_item_contact on sample_item (authority, contact) where contact is not null;

-- A drawn contact that was put forward to training, and which words of it were hidden by hand: a line's
-- number and a word's, no text. Both are deleted with the contact's conversation.
create table training (
  authority text not null,
  id text not null,
  service text not null,
  contact text not null,
  primary key (authority, id)
);
create unique index training_contact on training (authority, contact);

create table training_hidden (
  authority text not null,
  training text not null,
  line bigint not null,
  word bigint not null,
  primary key (authority, training, line, word)
);

create index contact_settled on contact (authority, service) where status = 'settled';

-- +goose Down
drop index contact_settled;
drop table training_hidden;
drop table training;
drop table sample_item;
drop table sample;
