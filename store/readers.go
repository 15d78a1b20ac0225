package store

import (
	"context"
	"database/sql"
	"sync"
)

// readers are the connections that read. A slot of the channel is a connection or the right to
// open one (nil).
type readers struct {
	pool  *sql.DB
	slots chan *prepared
	n     int
	once  sync.Once
	quit  chan struct{}
}

func newReaders(pool *sql.DB, n int) *readers {
	r := &readers{pool: pool, slots: make(chan *prepared, n), n: n, quit: make(chan struct{})}
	for range n {
		r.slots <- nil
	}
	return r
}

// take waits for a connection. Each take needs one give.
func (r *readers) take(ctx context.Context) (*prepared, error) {
	select {
	case <-r.quit:
		return nil, errClosed
	default:
	}
	select {
	case p := <-r.slots:
		if p != nil {
			return p, nil
		}
	case <-ctx.Done():
		return nil, cancelled(ctx.Err())
	case <-r.quit:
		return nil, errClosed
	}
	p, err := connect(context.WithoutCancel(ctx), r.pool, readerLines)
	if err != nil {
		r.slots <- nil
		return nil, mend(err)
	}
	return p, nil
}

// give takes a connection back. After an error of the database itself it is not used again.
func (r *readers) give(p *prepared, err error) {
	if err != nil {
		p.discard()
		p = nil
	}
	r.slots <- p
}

// close waits for the running reads and closes every connection.
func (r *readers) close() {
	r.once.Do(func() {
		close(r.quit)
		for range r.n {
			if p := <-r.slots; p != nil {
				p.discard()
			}
		}
	})
}

func (l *lite) read(ctx context.Context, db *DB, fn Func) (err error) {
	p, err := l.readers.take(ctx)
	if err != nil {
		return err
	}
	broken := error(errClosed) // also when fn never returns (runtime.Goexit)
	defer func() { l.readers.give(p, broken) }()
	if broken = p.do(beginRead); broken != nil {
		return mend(broken)
	}
	tx := begun(ctx, db, p)
	tx.readOnly = true
	err = tx.run(context.WithValue(ctx, inside{}, db), fn)
	broken = p.do(rollback)
	tx.settle(err)
	tx.hooks()
	return err
}
