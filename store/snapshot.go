package store

import (
	"context"

	"luukku/fault"
)

func (l *lite) truncate(ctx context.Context) error { return fault.New(fault.Internal, "x") }
func (l *lite) snapshot(ctx context.Context, toDir string) error {
	return fault.New(fault.Internal, "x")
}
func (p *postgres) snapshot(ctx context.Context, to string) error {
	return fault.New(fault.Internal, "x")
}
func Restore(ctx context.Context, o Options, fromDir string) error {
	return fault.New(fault.Internal, "x")
}
