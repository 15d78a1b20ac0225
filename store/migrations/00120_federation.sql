-- +goose Up

-- Whether and how an account may be entered by the organisation's directory: 0 not, 1 let and not yet
-- used, 2 bound to one subject there. Who that is lies in the sealed credentials.
alter table staff add column directory bigint not null default 0;

-- An authority's own directory, by which its staff sign in. Value is what the ledger tells; secret is
-- sealed under a key that follows from the authority's own, for this issuer and client alone.
create table staff_federation (
  authority text not null primary key,
  value text not null,
  secret bytea
);

-- A sign-in by the directory on its way: a few minutes. Only the hash of its ticket is here; the browser
-- has the ticket. Staff is '' until the directory has said who it is and a code is waited for.
create table staff_ticket (
  authority text not null,
  hash bytea not null,
  staff text not null,
  expires_at bigint not null,
  primary key (authority, hash)
);
create index staff_ticket_expired on staff_ticket (authority, expires_at);

-- +goose Down
drop table staff_ticket;
drop table staff_federation;
alter table staff drop column directory;
