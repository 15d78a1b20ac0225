package vault

import (
	"context"
	"time"

	"luukku/store"
)

// pace cuts long work into slices that hold the one writer no longer than budget: each slice's
// size follows from how long the last one took.
type pace struct {
	budget time.Duration
	size   int
}

// newPace begins small. A budget of 0 is 50 ms.
func newPace(budget time.Duration) *pace {
	if budget <= 0 {
		budget = slice
	}
	return &pace{budget: budget, size: 8}
}

// write runs one slice of about p.size things. The commit's share of the budget is kept free.
func (p *pace) write(ctx context.Context, db *store.DB, fn func(ctx context.Context, tx *store.Tx, size int) error) error {
	var took time.Duration
	err := db.Write(ctx, func(ctx context.Context, tx *store.Tx) error {
		began := time.Now()
		defer func() { took = time.Since(began) }()
		return fn(ctx, tx, p.size)
	})
	p.learn(took)
	return err
}

// learn aims at two fifths of the budget, grows slowly and shrinks at once.
func (p *pace) learn(took time.Duration) {
	aim := p.budget * 2 / 5
	switch {
	case took > aim:
		p.size = max(1, int(float64(p.size)*float64(aim)/float64(took)))
	case took < aim/2:
		p.size = min(p.size*2, 4096)
	}
}
