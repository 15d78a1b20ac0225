-- +goose Up

-- The one row of this instance. The demo mark is for good; clock_mark is the highest time that was
-- accepted (unix ms), clock_alarm the alarm that stands as JSON, or nothing.
create table instance (
  id text primary key,
  demo bigint not null,
  created_at bigint not null,
  clock_mark bigint not null,
  clock_alarm text not null
);

-- Who is served from here. The slug is the first segment of a path; names (by language) and hosts
-- are JSON.
create table authority (
  id text primary key,
  slug text not null unique,
  names text not null,
  time_zone text not null,
  hosts text not null,
  created_at bigint not null
);

-- Every version of every notice that data were collected under, as it was: a changed file with the
-- same version is refused by its digest, and older versions stay readable.
create table notice_version (
  authority text not null,
  id text not null,
  version bigint not null,
  digest text not null,
  source bytea not null,
  noted_at bigint not null,
  primary key (authority, id, version)
);

-- +goose Down
drop table notice_version;
drop table authority;
drop table instance;
