package store

import "sync/atomic"

// Outcome tells how a transaction ended, also after its Tx is forgotten. Any goroutine may ask.
type Outcome struct{ state atomic.Int32 }

const (
	running int32 = iota
	committed
	rolledBack
)

// Committed is true once the transaction is durable. A transaction of Read counts as committed
// when its function has returned without error.
func (o *Outcome) Committed() bool { return o.state.Load() == committed }

// Done is true once the transaction has ended, either way.
func (o *Outcome) Done() bool { return o.state.Load() != running }

func (o *Outcome) set(state int32) { o.state.Store(state) }
