package review

import (
	"testing"

	"luukku/store/storetest"
)

func TestQueriesOnBothEngines(t *testing.T) { storetest.Prepare(t, queries) }
