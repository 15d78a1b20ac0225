-- name: count
-- One contact in each dimension; the rows are made when they are first needed.
insert into fact_contact (authority, day, service, dim, value, n)
values (?, ?, ?, 'all', '', 1), (?, ?, ?, 'language', ?, 1), (?, ?, ?, 'topic', ?, 1),
  (?, ?, ?, 'outcome', ?, 1), (?, ?, ?, 'wait', ?, 1), (?, ?, ?, 'hour', ?, 1), (?, ?, ?, 'length', ?, 1)
on conflict (authority, day, service, dim, value) do update set n = fact_contact.n + 1;

-- name: count-month
insert into fact_month (authority, month, service, dim, value, n) values (?, ?, ?, ?, ?, 1)
on conflict (authority, month, service, dim, value) do update set n = fact_month.n + 1;

-- name: months
-- Every count of the months, by service: what is withheld is decided for each month and service.
select substr(day, 1, 7), service, dim, value, cast(sum(n) as bigint) from fact_contact
where authority = ? and day >= ? and day <= ? and (? = '' or service = ?)
group by substr(day, 1, 7), service, dim, value
union all
select substr(day, 1, 7), service, 'day', day, n from fact_contact
where authority = ? and day >= ? and day <= ? and (? = '' or service = ?) and dim = 'all'
union all
select month, service, dim, value, n from fact_month
where authority = ? and month >= ? and month <= ? and (? = '' or service = ?)
order by 1, 2, 3, 4;

-- name: totals
-- How many contacts each day of a running month has, by service.
select day, service, n from fact_contact
where authority = ? and dim = 'all' and day >= ? and day < ? and (? = '' or service = ?) order by day, service;

-- name: days
-- Every count of each day of the months, by service.
select day, service, dim, value, n from fact_contact
where authority = ? and day >= ? and day <= ? and (? = '' or service = ?) order by day, service, dim, value;
