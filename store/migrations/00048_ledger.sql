-- +goose Up

-- What settings were and became: an authority's own words and numbers, nothing about a citizen. A line
-- for each change, kept for good. Changed_by is the random id of an account, '' for the program; it is
-- emptied when the account ends. Services are ids with commas between. Values are JSON, '' where there
-- is none to tell; restored is the version that was taken back into use, -1 in an ordinary change.
create table setting_change (
  authority text not null,
  id text not null,
  kind text not null,
  thing text not null,
  part text not null,
  version bigint not null,
  at bigint not null,
  changed_by text not null,
  services text not null,
  before_value text not null,
  after_value text not null,
  restored bigint not null,
  primary key (authority, kind, thing, part, version)
);
create unique index setting_change_line on setting_change (authority, id);
create index setting_change_by on setting_change (authority, changed_by) where changed_by <> '';

-- +goose Down
drop table setting_change;
