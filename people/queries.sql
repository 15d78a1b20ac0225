-- name: staff-add
insert into staff (authority, id, account_record, account, credentials_record, credentials, must_change, totp, directory, revision, created_at)
values (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?);

-- name: staff-roll-begin
-- The row that adding an account locks.
insert into staff_roll (authority, added) values (?, 0) on conflict (authority) do nothing;

-- name: staff-roll
-- Holds the lock until the transaction ends, so that two accounts never get one username.
update staff_roll set added = added + 1 where authority = ?;

-- name: staff-get
select id, account_record, account, credentials_record, credentials, must_change, totp, directory, revision, created_at
from staff where authority = ? and id = ?;

-- name: staff-list
select id, account_record, account, credentials_record, credentials, must_change, totp, directory, revision, created_at
from staff where authority = ? order by id;

-- name: staff-disabled
-- Those whose duty has ended, with its time.
select staff, disabled_at from staff_standing where authority = ? and disabled_at is not null and disabled_at > 0;

-- name: staff-flags
-- What every request of a member of staff has to know.
select must_change, totp from staff where authority = ? and id = ?;

-- name: staff-account
-- A new seal of the account; the revision says that nothing came between.
update staff set account = ?, revision = revision + 1 where authority = ? and id = ? and revision = ?;

-- name: staff-credentials
-- A new seal of the credentials, with the states that follow from them.
update staff set credentials = ?, must_change = ?, totp = ?, directory = ?, revision = revision + 1
where authority = ? and id = ? and revision = ?;

-- name: staff-both
-- A sign-in writes both seals in one statement.
update staff set account = ?, credentials = ?, revision = revision + 1 where authority = ? and id = ? and revision = ?;

-- name: staff-by-record
select id, account_record, account, credentials_record, credentials from staff
where authority = ? and (account_record = ? or credentials_record = ?);

-- name: staff-by-account
-- Whose account a record is.
select id from staff where authority = ? and account_record = ?;

-- name: staff-forget-account
-- The account's retention has ended, or it was erased: nothing of the person is left.
delete from staff where authority = ? and account_record = ?;

-- name: staff-forget-credentials
-- The credentials end earlier than the account does.
update staff set credentials = null, directory = 0, revision = revision + 1
where authority = ? and credentials_record = ? and credentials is not null;

-- name: session-put
insert into staff_session (authority, hash, staff, data, expires_at) values (?, ?, ?, ?, ?)
on conflict (authority, hash) do update set data = excluded.data, expires_at = excluded.expires_at;

-- name: session-touch
-- Never makes a row: a session that has ended in the meantime does not come back.
update staff_session set data = ? where authority = ? and hash = ?;

-- name: session-get
select data from staff_session where authority = ? and hash = ? and expires_at > ?;

-- name: session-delete
delete from staff_session where authority = ? and hash = ?;

-- name: session-delete-all
delete from staff_session where authority = ? and staff = ?;

-- name: session-delete-others
delete from staff_session where authority = ? and staff = ? and hash <> ?;

-- name: session-list
-- Every sign-in that has not reached its end.
select hash, data from staff_session where authority = ? and expires_at > ?;

-- name: session-sweep
delete from staff_session where authority = ? and expires_at <= ?;

-- name: advisers
-- Who may advise now, a row for each grant, with what they are offered; no capacity where nothing was set.
select g.staff, g.service, coalesce(k.languages, ''), coalesce(k.services, ''), coalesce(k.capacity, 0)
from role_grant g join staff_standing s on s.authority = g.authority and s.staff = g.staff
left join staff_skill k on k.authority = g.authority and k.staff = g.staff
where g.authority = ? and g.role = 'adviser' and g.valid_from <= ? and (g.valid_until = 0 or g.valid_until > ?)
  and s.disabled_at is null
order by g.staff, g.service;

-- name: skill-put
insert into staff_skill (authority, staff, languages, services, capacity) values (?, ?, ?, ?, ?)
on conflict (authority, staff) do update set languages = excluded.languages, services = excluded.services,
  capacity = excluded.capacity;

-- name: skill-get
select languages, services, capacity from staff_skill where authority = ? and staff = ?;

-- name: presence-of
select state from presence where authority = ? and staff = ?;

-- name: skill-forget
delete from staff_skill where authority = ? and staff in (select id from staff where authority = ? and account_record = ?);

-- name: presence-forget
delete from presence where authority = ? and staff in (select id from staff where authority = ? and account_record = ?);

-- name: federation-get
select value, secret from staff_federation where authority = ?;

-- name: federation-hold
-- Nobody sets another directory until the transaction ends.
select value from staff_federation where authority = ? {share};

-- name: federation-put
insert into staff_federation (authority, value, secret) values (?, ?, ?)
on conflict (authority) do update set value = excluded.value, secret = excluded.secret;

-- name: break-glass
-- Administrators who can sign in by a password and a code: whoever is kept from the directory by its own
-- failure is let in by one of them.
select count(distinct g.staff) from role_grant g
join staff_standing s on s.authority = g.authority and s.staff = g.staff
join staff p on p.authority = g.authority and p.id = g.staff
where g.authority = ? and g.role = 'administrator' and g.service = '' and g.valid_from <= ? and (g.valid_until = 0 or g.valid_until > ?)
  and s.disabled_at is null and p.totp = 1 and p.credentials is not null;

-- name: ticket-put
insert into staff_ticket (authority, hash, staff, expires_at) values (?, ?, ?, ?);

-- name: ticket-get
select staff from staff_ticket where authority = ? and hash = ? and expires_at > ?;

-- name: ticket-take
delete from staff_ticket where authority = ? and hash = ?;

-- name: ticket-drop
delete from staff_ticket where authority = ?;

-- name: ticket-sweep
delete from staff_ticket where authority = ? and expires_at <= ?;
