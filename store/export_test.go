package store

import "context"

// Together runs fns in the given order and, on SQLite, in one transaction, as if they had waited
// for the writer together. What comes after a lost transaction gets a new one, as in the queue.
func Together(db *DB, fns ...Func) []error {
	ctx := context.Background()
	errs := make([]error, len(fns))
	l, ok := db.house.(*lite)
	if !ok {
		for i, fn := range fns {
			errs[i] = db.Write(ctx, fn)
		}
		return errs
	}
	jobs := make([]*job, len(fns))
	for i, fn := range fns {
		jobs[i] = &job{tx: begun(ctx, db, nil), fn: fn, done: make(chan struct{})}
	}
	l.writer.alone(ctx, func(*prepared) error { return l.writer.share(jobs) })
	for i, j := range jobs {
		<-j.done
		j.hooks()
		errs[i] = j.err
	}
	return errs
}

// share is batch.fill with functions that are there already.
func (w *writer) share(jobs []*job) error {
	for len(jobs) > 0 {
		b := &batch{w: w}
		if err := w.ready(); err != nil {
			return err
		}
		if err := b.begin(); err != nil {
			return err
		}
		for len(jobs) > 0 && b.dead == nil {
			b.run(jobs[0])
			jobs = jobs[1:]
		}
		b.commit()
		b.record()
		b.answer()
	}
	return nil
}
