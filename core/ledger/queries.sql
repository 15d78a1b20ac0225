-- name: newest
select coalesce(max(version), 0) from setting_change where authority = ? and kind = ? and thing = ? and part = ?;

-- name: write
insert into setting_change (authority, id, kind, thing, part, version, at, changed_by, services, before_value, after_value, restored)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: versions
-- The newest version of every part of every thing of one kind.
select thing, part, max(version) from setting_change where authority = ? and kind = ? group by thing, part;

-- name: version
select id, kind, thing, part, version, at, changed_by, services, before_value, after_value, restored
from setting_change where authority = ? and kind = ? and thing = ? and part = ? and version = ?;

-- name: list
-- The newest first; an empty kind, thing or part is every one.
select id, kind, thing, part, version, at, changed_by, services, before_value, after_value, restored
from setting_change
where authority = ? and id < ? and (? = '' or kind = ?) and (? = '' or thing = ?) and (? = '' or part = ?)
  and version > ? and at >= ? and at < ?
order by id desc limit ?;

-- name: forget
-- An account has ended: its changes stay, without whose they were.
update setting_change set changed_by = '' where authority = ? and changed_by = ?;

-- name: forget-thing
-- What was done to an account is data of the account.
delete from setting_change where authority = ? and kind = 'staff' and thing = ?;
