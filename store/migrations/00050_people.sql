-- +goose Up

-- A member of staff's account. Both sealed columns belong to the notice staff-accounts: groups
-- account and credentials. Revision makes a used one-time code unusable again; must_change and totp
-- are states of the account, which every request has to know without opening anything.
create table staff (
  authority text not null,
  id text not null,
  account_record text not null,
  account bytea,
  credentials_record text not null,
  credentials bytea,
  must_change bigint not null,
  totp bigint not null,
  revision bigint not null,
  created_at bigint not null,
  primary key (authority, id)
);
create index staff_account_record on staff (authority, account_record);
create index staff_credentials_record on staff (authority, credentials_record);

-- One row per authority: the lock under which accounts are added, so that no username is given twice.
create table staff_roll (
  authority text not null primary key,
  added bigint not null
);

-- A sign-in. Only the hash of its token is here; data are ids and times.
create table staff_session (
  authority text not null,
  hash bytea not null,
  staff text not null,
  data text not null,
  expires_at bigint not null,
  primary key (authority, hash)
);
create index staff_session_staff on staff_session (authority, staff);
create index staff_session_expired on staff_session (authority, expires_at);

-- +goose Down
drop table staff_session;
drop table staff_roll;
drop table staff;
