package people

import (
	"fmt"
	"testing"
	"time"

	"luukku/core/clock"
)

func newTestBackoff() (*backoff, *clock.Fake) {
	fake := clock.NewFake(time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC))
	return newBackoff(fake.Steady), fake
}

func TestGuessingIsSlowedDownAndNeverLockedForGood(t *testing.T) {
	b, fake := newTestBackoff()
	for i := range accountPace.free - 1 {
		if _, wait := b.begin("dvv", "aino", fmt.Sprint("192.0.2.", i)); wait > 0 {
			t.Fatalf("attempt %d waits %v", i+1, wait)
		}
	}
	var longest time.Duration
	for range 40 {
		_, wait := b.begin("dvv", "aino", "192.0.2.99")
		longest = max(longest, wait)
		fake.Advance(wait + time.Millisecond)
	}
	if longest < accountPace.most/2 || longest > accountPace.most {
		t.Errorf("the longest wait was %v", longest)
	}
	fake.Advance(8 * accountPace.calm)
	if _, wait := b.begin("dvv", "aino", "192.0.2.1"); wait > 0 {
		t.Errorf("after a calm time it still waits %v", wait)
	}
}

func TestUnknownUserIsSlowedDownLikeAKnownOne(t *testing.T) {
	b, _ := newTestBackoff()
	var waits [2][]time.Duration
	for i, name := range []string{"known", "unknown"} {
		for range 10 {
			_, wait := b.begin("dvv", name, fmt.Sprint("192.0.2.", i))
			waits[i] = append(waits[i], wait)
		}
	}
	for i := range waits[0] {
		if (waits[0][i] > 0) != (waits[1][i] > 0) {
			t.Fatalf("attempt %d: %v and %v", i+1, waits[0][i], waits[1][i])
		}
	}
}

func TestManyAttemptsAtOnceAreCountedBeforeTheyAreTried(t *testing.T) {
	b, _ := newTestBackoff()
	free := 0
	for range 100 { // none of them has been answered yet
		if _, wait := b.begin("dvv", "aino", "192.0.2.7"); wait <= 0 {
			free++
		}
	}
	if free > accountPace.free {
		t.Errorf("%d attempts were free", free)
	}
}

func TestSomebodyElsesGuessingDoesNotKeepTheHolderOut(t *testing.T) {
	b, _ := newTestBackoff()
	try, _ := b.begin("dvv", "aino", "198.51.100.5")
	b.succeed(try)
	for i := range 100 {
		b.begin("dvv", "aino", fmt.Sprint("192.0.2.", i))
	}
	if _, wait := b.begin("dvv", "aino", "198.51.100.5"); wait > 0 {
		t.Errorf("the holder's own address waits %v", wait)
	}
	if _, wait := b.begin("dvv", "aino", "203.0.113.1"); wait <= 0 {
		t.Error("a new address does not wait")
	}
}

func TestOneAddressGuessingAtManyAccountsIsSlowedDown(t *testing.T) {
	b, _ := newTestBackoff()
	free := 0
	for i := range 200 {
		if _, wait := b.begin("dvv", fmt.Sprint("user", i), "192.0.2.7"); wait <= 0 {
			free++
		}
	}
	if free > addressPace.free {
		t.Errorf("%d accounts could be tried at once", free)
	}
}

func TestBackoffMemoryIsBounded(t *testing.T) {
	b, fake := newTestBackoff()
	for i := range maxTracked + 5000 {
		b.begin("dvv", fmt.Sprint("user", i), fmt.Sprint("address", i))
		fake.Advance(time.Second)
	}
	if len(b.tried) > maxTracked+2 {
		t.Errorf("%d are remembered", len(b.tried))
	}
}
