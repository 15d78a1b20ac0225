-- +goose Up
create table instance (
  id text primary key,
  demo bigint not null,
  created_at bigint not null,
  clock_mark bigint not null
);

create table authority (
  id text primary key,
  slug text not null unique,
  names text not null,
  time_zone text not null,
  hosts text not null,
  created_at bigint not null
);

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
  closed bigint not null default 0,
  closed_message text not null default '{}',
  primary key (authority, id)
);

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
drop table service;
drop table authority;
drop table instance;
