package keystore

import "context"

// Loss says what an authority loses when it goes on with the key files that are left.
type Loss struct {
	Store      string   // the store whose files are the newest that can be read; "" if none can
	Generation int64    // of those files
	Noted      int64    // by the database
	Missing    []string // ids of keys that the database names and no readable file holds
}

// FindLoss says what AcceptLoss would lose, and changes nothing.
func FindLoss(ctx context.Context, o Options, noted int64, living []string) (Loss, error) {
	return Loss{}, ErrMissing
}

// AcceptLoss goes on with what is left: `luukku keys lost --confirm`.
func AcceptLoss(ctx context.Context, o Options, noted int64, living []string) (*Set, Loss, error) {
	return nil, Loss{}, ErrMissing
}
