-- name: standing
-- One row per grant; a member of staff without any gives one row with an empty grant.
select s.disabled_at, s.secrecy_on, coalesce(g.id, ''), coalesce(g.role, ''), coalesce(g.service, ''),
       coalesce(g.valid_from, 0), coalesce(g.valid_until, 0)
from staff_standing s left join role_grant g on g.authority = s.authority and g.staff = s.staff
where s.authority = ? and s.staff = ?
order by g.id;

-- name: staff-add
insert into staff_standing (authority, staff, disabled_at, secrecy_on, changed_at) values (?, ?, null, null, ?);

-- name: staff-lock
-- Changes of one member of staff follow one another.
select changed_at from staff_standing where authority = ? and staff = ? {update};

-- name: staff-disabled
update staff_standing set disabled_at = ?, changed_at = ? where authority = ? and staff = ?;

-- name: staff-secrecy
update staff_standing set secrecy_on = ?, changed_at = ? where authority = ? and staff = ?;

-- name: grant-add
insert into role_grant (authority, id, staff, role, service, valid_from, valid_until) values (?, ?, ?, ?, ?, ?, ?);

-- name: grant-holder
select staff from role_grant where authority = ? and id = ?;

-- name: grant-withdraw
-- A grant that has ended already keeps its end.
update role_grant set valid_until = ? where authority = ? and id = ? and (valid_until = 0 or valid_until > ?);
