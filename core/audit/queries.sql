-- name: entry-insert
-- Written in the transaction that the entry tells about. Its leaf's number comes later.
insert into audit_entry (authority, id, record, expiry, inner_hash, sealed, actor_mac, row_mac)
values (?, ?, ?, ?, ?, ?, ?, ?);

-- name: pending-authorities
-- Authorities with committed entries that have no leaf number yet.
select distinct authority from audit_entry where leaf is null;

-- name: pending-entries
-- The oldest entries without a leaf number.
select id, expiry, inner_hash from audit_entry
where authority = ? and leaf is null order by id limit ?;

-- name: entry-number
-- The entry becomes a leaf.
update audit_entry set tree = ?, leaf = ? where authority = ? and id = ? and leaf is null;

-- name: tree-lock
-- The authority's present tree. Whoever holds this row numbers leaves.
select tree, size, holder, lease_until from audit_tree
where authority = ? order by tree desc limit 1 {update};

-- name: tree-last
select tree, size, holder, lease_until from audit_tree
where authority = ? order by tree desc limit 1;

-- name: trees
select tree from audit_tree where authority = ? order by tree;

-- name: tree-size
select size from audit_tree where authority = ? and tree = ?;

-- name: tree-insert
insert into audit_tree (authority, tree, size, holder, lease_until) values (?, ?, 0, ?, ?);

-- name: tree-grow
update audit_tree set size = ?, holder = ?, lease_until = ? where authority = ? and tree = ?;

-- name: trees-release
-- At a graceful stop, so that the next process need not wait for the lease to end.
update audit_tree set lease_until = 0 where holder = ?;

-- name: tile
select data from audit_tile where authority = ? and tree = ? and level = ? and n = ?;

-- name: tile-put
-- A tile grows until it is full: the last one of each level is written again whole.
insert into audit_tile (authority, tree, level, n, data) values (?, ?, ?, ?, ?)
on conflict (authority, tree, level, n) do update set data = excluded.data;

-- name: tile-counts
-- How many tiles each level has; verify knows how many there must be.
select level, count(*), max(n) from audit_tile where authority = ? and tree = ? group by level order by level;

-- name: stray-tiles
-- Tiles of a tree that does not exist.
select count(*) from audit_tile where authority = ?
and tree not in (select tree from audit_tree where audit_tree.authority = audit_tile.authority);

-- name: leaf-entries
-- The entries that still live among some leaves.
select id, record, expiry, inner_hash, sealed, actor_mac, row_mac, leaf from audit_entry
where authority = ? and tree = ? and leaf >= ? and leaf < ? order by leaf;

-- name: unnumbered-entries
-- Living entries that are not in a tree yet, page by page.
select id, record, expiry, inner_hash, sealed, actor_mac, row_mac, -1 from audit_entry
where authority = ? and leaf is null and expiry >= ? and id > ? order by id limit ?;

-- name: stray-entries
-- Entries with half a number, or numbered in a tree that does not exist.
select count(*) from audit_entry where authority = ?
and ((tree is null and leaf is not null) or (tree is not null and leaf is null)
or (tree is not null and tree not in (select tree from audit_tree where audit_tree.authority = audit_entry.authority)));

-- name: entries-beyond
-- Entries numbered where the tree has no leaf.
select count(*) from audit_entry where authority = ? and tree = ? and (leaf < 0 or leaf >= ?);

-- name: entries-of-actor
-- One page, newest first, of what somebody did; a token for each of 32 living buckets. The empty
-- text keeps SQLite from walking the primary key instead of the tokens.
select id, record, expiry, inner_hash, sealed, actor_mac, row_mac, coalesce(leaf, -1) from audit_entry
where authority = ? and id || '' < ? and actor_mac in
(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
order by id || '' desc limit ?;

-- name: entries-of-row
-- One page, newest first, of what was done to something; a token for each of 32 living buckets.
select id, record, expiry, inner_hash, sealed, actor_mac, row_mac, coalesce(leaf, -1) from audit_entry
where authority = ? and id || '' < ? and row_mac in
(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
order by id || '' desc limit ?;

-- name: entries-of-both
-- Whether somebody did something to something, by the tokens of one day.
select count(*) from audit_entry where authority = ? and actor_mac = ? and row_mac = ?;

-- name: record-entries
-- Every entry of one day's record.
select id, record, expiry, inner_hash, sealed, actor_mac, row_mac, coalesce(leaf, -1) from audit_entry
where authority = ? and record = ? order by id || '';

-- name: record-waits
-- How many of a record's entries have no leaf number yet.
select count(*) from audit_entry where authority = ? and record = ? and leaf is null;

-- name: record-reclaim
-- Some of a dead record's entries. Their leaves stay.
delete from audit_entry where authority = ? and id in
(select id from audit_entry where authority = ? and record = ? and leaf is not null limit ?);

-- name: stray-rows
-- Entries whose day's record does not exist: nothing opens them, and nothing would reclaim them.
select count(*) from audit_entry where authority = ?
and not exists (select 1 from vault_record r where r.authority = audit_entry.authority and r.id = audit_entry.record);
