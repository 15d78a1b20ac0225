package audit

import (
	"context"
	"testing"
)

// verified runs the walk without a vault: for logs whose entries have all ended.
func verified(t *testing.T, l *Log) Report {
	t.Helper()
	ctx := context.Background()
	v := &verifier{log: l, authority: dvv, today: l.today(dvv)}
	for _, step := range []func(context.Context) error{v.trees, v.strays, v.checkpoints} {
		if err := step(ctx); err != nil {
			t.Fatal(err)
		}
	}
	return v.report
}

func found(r Report, kind string) bool {
	for _, f := range r.Findings {
		if f.Kind == kind {
			return true
		}
	}
	return false
}
