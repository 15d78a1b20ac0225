package queue

import (
	"testing"

	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestQueriesOnBothEngines(t *testing.T) { storetest.Prepare(t, queries) }
