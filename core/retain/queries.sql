-- name: ended
-- The last day whose end was worked through.
select day from retain_day where authority = ?;

-- name: set-ended
-- A day's end was worked through; a night that was repeated changes nothing.
insert into retain_day (authority, day, at) values (?, ?, ?)
on conflict (authority) do update set day = excluded.day, at = excluded.at
where retain_day.day < excluded.day;

-- name: hold-code
-- Which declared reason a hold has; none once it was released.
select code from vault_hold where authority = ? and id = ?;
