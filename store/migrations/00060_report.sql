-- +goose Up

-- Counted facts: how many contacts that closed on a day in a service had a value in one dimension.
-- Each dimension is counted by itself, so that no row tells of one contact's combination of values.
create table fact_contact (
  authority text not null,
  day text not null,
  service text not null,
  dim text not null,
  value text not null,
  n bigint not null,
  primary key (authority, day, service, dim, value)
);

-- +goose Down
drop table fact_contact;
