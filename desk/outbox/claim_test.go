package outbox

import "testing"

func TestTheWaitGrowsToFourHours(t *testing.T) {
	want := []string{"1m0s", "2m0s", "4m0s", "8m0s", "16m0s", "32m0s", "1h4m0s", "2h8m0s", "4h0m0s", "4h0m0s"}
	for i, w := range want {
		if got := backoff(int64(i + 1)).String(); got != w {
			t.Errorf("after %d attempts %s, want %s", i+1, got, w)
		}
	}
}
