// Package storetest gives every package's tests a fresh, migrated database on both engines.
package storetest

import (
	"testing"

	"luukku/store"
)

// Main runs a package's tests and ends the PostgreSQL that they started. Call it from TestMain.
func Main(m *testing.M) { m.Run() }

// Engines runs fn once per engine, each with a fresh migrated database.
func Engines(t *testing.T, fn func(t *testing.T, db *store.DB)) { t.Fatal("not built") }

// Run runs a conformance suite once per engine; open gives a fresh migrated database at each call.
func Run(t *testing.T, fn func(t *testing.T, open func(t *testing.T) *store.DB)) { t.Fatal("not built") }

// Prepare proves that every query is understood by both engines.
func Prepare(t *testing.T, queries store.Queries) { t.Fatal("not built") }
