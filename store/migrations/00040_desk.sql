-- +goose Up

-- What an authority offers. Written by administrators and leads; nothing here is about a person.
-- Lists are JSON: the row is read whole. Closed is a moment, 0 while nobody has closed it by hand.
create table service (
  authority text not null,
  id text not null,
  notice text not null,
  names text not null,
  descriptions text not null,
  topics text not null,
  hours text not null,
  holidays text not null,
  languages text not null,
  closed bigint not null,
  closed_message text not null,
  primary key (authority, id)
);

-- One service event. The columns that may be null are emptied when it is settled.
create table contact (
  authority text not null,
  id text not null,
  service text not null,
  notice text not null,
  notice_version bigint not null,
  record text not null,
  status text not null,
  seq bigint not null,
  lang text,
  topic text,
  outcome text,
  closed_by text,
  adviser text,
  adviser_no bigint,
  advisers bigint not null,
  token_hash bytea,
  start_hash bytea,
  started_at bigint,
  queued_at bigint,
  rank bigint not null,
  place bigint,
  taken_at bigint,
  last_at bigint,
  waiting_since bigint,
  unread bigint not null,
  idle_from bigint,
  idle_warned_at bigint,
  citizen_present bigint not null,
  citizen_left_at bigint,
  citizen_seen bigint not null,
  citizen_delivered bigint not null,
  adviser_seen bigint not null,
  adviser_delivered bigint not null,
  closed_at bigint,
  primary key (authority, id)
);
create unique index contact_start on contact (authority, start_hash) where start_hash is not null;
create index contact_waiting on contact (authority, service, lang, rank, queued_at) where queued_at is not null;
create index contact_assigned on contact (authority, adviser) where adviser is not null;
create index contact_idle on contact (idle_from) where idle_from is not null;
create index contact_left on contact (citizen_left_at) where citizen_left_at is not null;
create index contact_queued on contact (authority, queued_at) where queued_at is not null;
create index contact_closed on contact (authority, closed_at) where closed_at is not null;

-- Who advised, by the number that messages carry. Deleted when the contact is settled.
create table contact_adviser (
  authority text not null,
  contact text not null,
  no bigint not null,
  staff text not null,
  primary key (authority, contact, no)
);

-- A contact's fields that are not messages: part 1 is sealed at the start, part 2 when it is settled.
create table contact_part (
  authority text not null,
  contact text not null,
  grp text not null,
  part bigint not null,
  record text not null,
  sealed bytea,
  primary key (authority, contact, grp, part)
);
create index contact_part_record on contact_part (authority, record);

-- One line of a contact. Sealed is null for an event that says no more than its code.
create table message (
  authority text not null,
  contact text not null,
  n bigint not null,
  at bigint not null,
  kind text not null,
  event text,
  writer bigint not null,
  masked bigint not null,
  client bytea,
  sealed bytea,
  primary key (authority, contact, n)
);
create unique index message_client on message (authority, contact, client) where client is not null;

-- Counts of contacts taken from a queue, by the minute; kept for an hour, for the estimate of waiting.
create table wait_count (
  authority text not null,
  service text not null,
  lang text not null,
  minute bigint not null,
  taken bigint not null,
  wait_ms bigint not null,
  places bigint not null,
  primary key (authority, service, lang, minute)
);

-- Who of the staff is at the desk, and when a connection of theirs was last seen.
create table presence (
  authority text not null,
  staff text not null,
  state text not null,
  since bigint not null,
  seen_at bigint not null,
  primary key (authority, staff)
);

-- +goose Down
drop table presence;
drop table wait_count;
drop table message;
drop table contact_part;
drop table contact_adviser;
drop table contact;
drop table service;
