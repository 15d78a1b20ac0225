-- +goose Up

-- A member of staff as the gate sees it: ids and dates. Names and passwords are sealed elsewhere.
-- disabled_at and secrecy_on are null while the account is enabled, or no commitment is signed.
-- changed_at orders a replayed journal line against what has happened since.
create table staff_standing (
  authority text not null,
  staff text not null,
  disabled_at bigint,
  secrecy_on text,
  changed_at bigint not null,
  primary key (authority, staff)
);

-- A role of a member of staff. service '' is every service; valid_until 0 is no end.
create table role_grant (
  authority text not null,
  id text not null,
  staff text not null,
  role text not null,
  service text not null,
  valid_from bigint not null,
  valid_until bigint not null,
  primary key (authority, id)
);
create index role_grant_staff on role_grant (authority, staff);

-- +goose Down
drop table role_grant;
drop table staff_standing;
