-- +goose Up

-- One key's worth of records: (authority, notice, group, expiry), and for a hold, a restriction or
-- an event its id as well. ends_at is the first millisecond at which nothing opens.
create table vault_bucket (
  authority text not null,
  id text not null,
  notice text not null,
  grp text not null,
  expiry text not null,
  hold text not null,
  event text not null,
  key_id text not null,
  state text not null,
  cause text not null,
  ends_at bigint not null,
  born_at bigint not null,
  dead_at bigint not null,
  primary key (authority, id)
);
-- Another may follow one that died before its time: a hold's that was empty, one whose key was lost.
create unique index vault_bucket_identity on vault_bucket (authority, notice, grp, expiry, hold, event) where state = 'living';
create index vault_bucket_state on vault_bucket (authority, state, ends_at);

-- One group's data about one thing. wrap is the record's key under its bucket's; counts_from is the
-- moment that retention counts from, ordinary the last day without any hold; moves counts moves.
create table vault_record (
  authority text not null,
  id text not null,
  bucket text not null,
  notice text not null,
  version bigint not null,
  grp text not null,
  typ text not null,
  thing text not null,
  wrap bytea not null,
  counts_from bigint not null,
  ordinary text not null,
  settled bigint not null,
  moves bigint not null,
  primary key (authority, id)
);
create unique index vault_record_thing on vault_record (authority, typ, thing, notice, grp);
create index vault_record_bucket on vault_record (authority, bucket, id);
-- What may have to be moved before a bucket ends.
create index vault_record_unsettled on vault_record (authority, bucket, id) where settled = 0;

-- What a record is found by, under its bucket's index key; value is the same sealed under the
-- record's key, so that the token can be made again in a later bucket.
create table vault_token (
  authority text not null,
  record text not null,
  field text not null,
  mac bytea not null,
  value bytea not null,
  primary key (authority, record, field, mac)
);
create index vault_token_mac on vault_token (authority, field, mac, record);

-- A hold or a restriction that stands.
create table vault_hold (
  authority text not null,
  id text not null,
  record text not null,
  kind text not null,
  code text not null,
  placed_at bigint not null,
  primary key (authority, id)
);
create index vault_hold_record on vault_hold (authority, record);

-- A reading session that runs. until is when its grant ends, 0 for never.
create table vault_reading (
  authority text not null,
  id text not null,
  typ text not null,
  thing text not null,
  kind text not null,
  caller text not null,
  session text not null,
  role text not null,
  purpose text not null,
  relation text not null,
  until bigint not null,
  node text not null,
  began_at bigint not null,
  primary key (authority, id)
);
create index vault_reading_thing on vault_reading (authority, typ, thing);
create index vault_reading_caller on vault_reading (authority, kind, caller);

-- Keys that no bucket has: ready ones, and strays of a restored or crashed instance.
create table vault_stock (
  authority text not null,
  key_id text not null,
  kind text not null,
  since bigint not null,
  primary key (authority, key_id)
);

-- What the key stores had written when the database last knew.
create table vault_keystore (
  authority text not null,
  generation bigint not null,
  noted_at bigint not null,
  primary key (authority)
);

-- Journal lines on their way to the key stores.
create table vault_journal (
  authority text not null,
  id text not null,
  at bigint not null,
  kind text not null,
  body bytea not null,
  primary key (authority, id)
);

-- +goose Down
drop table vault_journal;
drop table vault_keystore;
drop table vault_stock;
drop table vault_reading;
drop table vault_hold;
drop table vault_token;
drop table vault_record;
drop table vault_bucket;
