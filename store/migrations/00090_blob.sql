-- +goose Up

-- A blob (an attachment, a recording) and the record under whose key it is sealed. What is in it lies
-- outside the database, under its id.
create table vault_blob (
  authority text not null,
  id text not null,
  record text not null,
  primary key (authority, id)
);
create index vault_blob_record on vault_blob (authority, record);

-- +goose Down
drop table vault_blob;
