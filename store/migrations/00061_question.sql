-- +goose Up

-- Whether the citizen has answered the question at the end; emptied when the contact is settled.
alter table contact add column helped bigint;

-- Counted facts of whole months: the citizens' answers, and the marks of reviews. No row is of one
-- contact, and no day tells when somebody answered or marked.
create table fact_month (
  authority text not null,
  month text not null,
  service text not null,
  dim text not null,
  value text not null,
  n bigint not null,
  primary key (authority, month, service, dim, value)
);

-- +goose Down
drop table fact_month;
alter table contact drop column helped;
