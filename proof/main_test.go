package proof

import (
	"testing"

	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }
