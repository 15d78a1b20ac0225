package web

import "context"

// Visit is one request: which authority, in which language, and who calls.
type Visit struct {
	Lang string
}

type visitKey struct{}

// visitOf gives the visit that the gate made.
func visitOf(ctx context.Context) *Visit {
	v, _ := ctx.Value(visitKey{}).(*Visit)
	return v
}

func (v *Visit) problem(err error) error { return err }
