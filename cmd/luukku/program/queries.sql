-- name: instance-read
select id, demo, clock_mark, clock_alarm from instance;

-- name: instance-write
insert into instance (id, demo, created_at, clock_mark, clock_alarm) values (?, ?, ?, 0, '');

-- name: instance-mark
-- Accepted time never goes back, so an older mark is not written over a newer one. An alarm stands
-- until it is settled: a restart must not be a way around it.
update instance set clock_mark = case when clock_mark < ? then ? else clock_mark end, clock_alarm = ?;

-- name: authority-write
insert into authority (id, slug, names, time_zone, hosts, created_at) values (?, ?, ?, ?, ?, ?);

-- name: authority-list
select id, slug, names, time_zone, hosts from authority order by created_at, id;

-- name: notice-version-read
select digest from notice_version where authority = ? and id = ? and version = ?;

-- name: notice-version-write
insert into notice_version (authority, id, version, digest, source, noted_at) values (?, ?, ?, ?, ?, ?);

-- name: notice-version-list
select authority, id, version, source from notice_version order by authority, id, version;

-- name: sign-ins-end
-- After a restore nobody is signed in: a sign-in that was ended since the backup must not come back.
delete from staff_session;
