-- The journal: one row for each pod we have taken. Portable between H2 and PostgreSQL.
create table pod (
  uid           varchar(64)   not null primary key,
  namespace     varchar(253)  not null,
  name          varchar(253)  not null,
  door          varchar(16)   not null,
  backend       varchar(63)   not null,
  account       varchar(32)   not null,
  stage         varchar(16)   not null,
  job           varchar(128),
  fault         varchar(2000) not null,
  manifest      text          not null,
  accepted_at   timestamp(3) with time zone not null,
  due_at        timestamp(3) with time zone,
  delete_asked  timestamp(3) with time zone,
  grace_seconds bigint        not null
);
-- What the sweep asks: whose time has come.
create index pod_due on pod (due_at);
create index pod_place on pod (namespace, name);

-- What was observed of a pod's job; written by the observer alone, so apart from the row above.
create table observed (
  uid   varchar(64) not null primary key,
  facts text        not null
);
