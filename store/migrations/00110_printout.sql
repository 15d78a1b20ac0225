-- +goose Up

-- Printouts that were made for clarifications. The record is of the group that the register's notice names for
-- the list: when its time has passed, the row is deleted. Contact is emptied when its conversation ends.
-- opened_at is when the page was given out, 0 before; destroy_by is a day.
create table printout (
  authority text not null,
  id text not null,
  record text not null,
  notice text not null,
  service text not null,
  no bigint not null,
  contact text,
  purpose text not null,
  staff text not null,
  made_at bigint not null,
  opened_at bigint not null,
  destroy_by text not null,
  destroyed_at bigint not null,
  destroyed_by text not null,
  sealed bytea,
  primary key (authority, id)
);
create unique index printout_no on printout (authority, notice, no);
create index printout_record on printout (authority, record);
create index printout_contact on printout (authority, contact) where contact is not null;
create index printout_out on printout (authority, destroy_by) where destroyed_at = 0;

-- The number that was given last in each register.
create table printout_number (
  authority text not null,
  notice text not null,
  last bigint not null,
  primary key (authority, notice)
);

-- +goose Down
drop table printout_number;
drop table printout;
