package audit

import (
	"testing"

	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestBothEnginesUnderstandTheQueries(t *testing.T) { storetest.Prepare(t, queries) }
