-- +goose Up

-- The day's count of mails lies in several rows, of which each mail adds to one: those that are settled at
-- the same time need not wait for each other's commit.
alter table fact_mail rename to fact_mail_whole;
create table fact_mail (
  authority text not null,
  day text not null,
  outcome text not null,
  slot bigint not null,
  n bigint not null,
  primary key (authority, day, outcome, slot)
);
insert into fact_mail (authority, day, outcome, slot, n) select authority, day, outcome, 0, n from fact_mail_whole;
drop table fact_mail_whole;

-- +goose Down
alter table fact_mail rename to fact_mail_slots;
create table fact_mail (
  authority text not null,
  day text not null,
  outcome text not null,
  n bigint not null,
  primary key (authority, day, outcome)
);
insert into fact_mail (authority, day, outcome, n)
select authority, day, outcome, cast(sum(n) as bigint) from fact_mail_slots group by authority, day, outcome;
drop table fact_mail_slots;
