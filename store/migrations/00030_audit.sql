-- +goose Up

-- One act on personal data. The row ends with the entry's retention; its leaf stays in audit_tile.
create table audit_entry (
  authority text not null,
  id text not null,
  record text not null,
  expiry text not null,
  inner_hash bytea not null,
  sealed bytea not null,
  actor_mac bytea,
  row_mac bytea,
  tree bigint,
  leaf bigint,
  primary key (authority, id)
);
-- What the sequencer takes.
create index audit_entry_pending on audit_entry (authority, id) where leaf is null;
-- What is reclaimed when a day's bucket has ended.
create index audit_entry_record on audit_entry (authority, record);
-- What verify walks.
create unique index audit_entry_leaf on audit_entry (authority, tree, leaf) where leaf is not null;
-- What the officer and the person ask for: one token for each living bucket.
create index audit_entry_actor on audit_entry (authority, actor_mac, id) where actor_mac is not null;
create index audit_entry_row on audit_entry (authority, row_mac, id) where row_mac is not null;

-- The trees of an authority: the first, and one more for each accepted gap. The row of the last
-- one is the lock that elects the sequencer.
create table audit_tree (
  authority text not null,
  tree bigint not null,
  size bigint not null,
  holder text not null,
  lease_until bigint not null,
  primary key (authority, tree)
);

-- C2SP tlog-tiles of height 8. Level -1 holds the leaves' data in bundles of 256.
create table audit_tile (
  authority text not null,
  tree bigint not null,
  level bigint not null,
  n bigint not null,
  data bytea not null,
  primary key (authority, tree, level, n)
);

-- The last day of each authority whose end was worked through.
create table retain_day (
  authority text primary key,
  day text not null,
  at bigint not null
);

-- +goose Down
drop table retain_day;
drop table audit_tile;
drop table audit_tree;
drop table audit_entry;
