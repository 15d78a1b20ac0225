-- +goose Up

-- Which records a copy was taken from: it lies where the first of them ends, and ends with it.
create table vault_copy (
  authority text not null,
  source text not null,
  record text not null,
  primary key (authority, source, record)
);
create index vault_copy_record on vault_copy (authority, record, source);

-- +goose Down
drop table vault_copy;
