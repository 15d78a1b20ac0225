package access

import (
	_ "embed"

	"luukku/store"
)

//go:embed queries.sql
var queryText string

var (
	queries = store.MustQueries(queryText)

	qStanding      = queries.Get("standing")
	qStaffAdd      = queries.Get("staff-add")
	qStaffLock     = queries.Get("staff-lock")
	qStaffDisabled = queries.Get("staff-disabled")
	qStaffSecrecy  = queries.Get("staff-secrecy")
	qGrantAdd      = queries.Get("grant-add")
	qGrantHolder   = queries.Get("grant-holder")
	qGrantWithdraw = queries.Get("grant-withdraw")
)
