-- +goose Up

-- A request by which a person uses a right. Register and times are here while it runs, for the list of who
-- waits; when the answer has been fetched they are emptied, and what is kept is sealed in the parts.
-- due and ends are days: when the answer is due, and the last day of what was found.
create table rights_request (
  authority text not null,
  id text not null,
  record text not null,
  applicant text not null,
  status text not null,
  register text,
  lang text,
  received_at bigint,
  due text,
  extended bigint not null,
  official text,
  copy text,
  ends text,
  outcome text,
  closed_at bigint,
  primary key (authority, id)
);
create index rights_request_open on rights_request (authority, due) where status <> 'settled';
create unique index rights_request_copy on rights_request (authority, copy) where copy is not null;
create index rights_request_record on rights_request (authority, record);
create index rights_request_applicant on rights_request (authority, applicant);

-- What is said in a request and about it, a row for each occasion, sealed.
create table rights_part (
  authority text not null,
  request text not null,
  grp text not null,
  part bigint not null,
  record text not null,
  sealed bytea,
  primary key (authority, request, grp, part)
);
create index rights_part_record on rights_part (authority, record);

-- A datum that was found, as the copy has it: part 0 as it was found, part 1 with what concerns others
-- covered. It is sealed beside what it was taken from. n is its place; written_at and writer are those of
-- the row that it was in.
create table rights_item (
  authority text not null,
  copy text not null,
  n bigint not null,
  part bigint not null,
  record text not null,
  thing text not null,
  field text not null,
  written_at bigint not null,
  writer text not null,
  decision text not null,
  ground text not null,
  sealed bytea,
  primary key (authority, copy, n, part)
);
create index rights_item_record on rights_item (authority, record);

-- A link by which a copy is fetched, once, and the code that goes with it; both as digests.
create table rights_delivery (
  authority text not null,
  link bytea not null,
  request text not null,
  code bytea not null,
  state text not null,
  tries bigint not null,
  opened bigint not null,
  made_at bigint not null,
  ends_at bigint not null,
  primary key (authority, link)
);
create index rights_delivery_request on rights_delivery (authority, request);

-- +goose Down
drop table rights_delivery;
drop table rights_item;
drop table rights_part;
drop table rights_request;
