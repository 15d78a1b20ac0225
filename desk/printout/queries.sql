-- name: number-next
-- The next number of a register. It is never given twice, also when its printout is no longer listed.
insert into printout_number (authority, notice, last) values (?, ?, 1)
on conflict (authority, notice) do update set last = printout_number.last + 1
returning last;

-- name: printout-add
insert into printout (authority, id, record, notice, service, no, contact, purpose, staff, made_at, opened_at, destroy_by, destroyed_at, destroyed_by, sealed)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0, '', ?);

-- name: printout-get
select {printout} from printout where authority = ? and id = ?;

-- name: printout-lock
-- Nobody else changes it until the transaction ends.
select {printout} from printout where authority = ? and id = ? {update};

-- name: printouts
-- What is still out at the top, the one that must be destroyed first before the others.
select {printout} from printout where authority = ?
order by case when destroyed_at = 0 then 0 else 1 end, case when destroyed_at = 0 then destroy_by else '' end, made_at desc, id;

-- name: printouts-out
-- Whose page was given out and that are not destroyed, up to a day.
select {printout} from printout where authority = ? and destroyed_at = 0 and opened_at > 0 and destroy_by <= ?;

-- name: printout-open
-- Its page is given out once.
update printout set opened_at = ? where authority = ? and id = ? and opened_at = 0 and destroyed_at = 0;

-- name: printout-destroyed
update printout set destroyed_at = ?, destroyed_by = ? where authority = ? and id = ? and destroyed_at = 0;

-- name: printouts-forget
-- What it was taken from ends now: the printout must not stay longer.
update printout set contact = null, destroy_by = case when destroy_by > ? then ? else destroy_by end where authority = ? and contact = ?;

-- name: printouts-about
select id from printout where authority = ? and contact = ? order by made_at, id;

-- name: printout-of-record
select {printout} from printout where authority = ? and record = ?;

-- name: printout-delete
delete from printout where authority = ? and record = ?;

-- name: printouts-stray
select count(*) from printout p left join vault_record r on r.authority = p.authority and r.id = p.record
where p.authority = ? and r.id is null;
