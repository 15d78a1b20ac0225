package vault

import (
	"testing"
	"testing/synctest"
	"time"
)

// Design: a node keeps an opened key in memory at most 60 seconds.
func TestAKeyIsForgottenAfterAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c cache[int, string]
		for _, age := range []time.Duration{0, 29 * time.Second, 31 * time.Second} {
			c.put(1, "first")
			time.Sleep(age)
			c.put(2, "second")
			if _, ok := c.get(2); !ok {
				t.Error("forgotten at once")
			}
			time.Sleep(oldest)
			synctest.Wait()
			for k := range 3 {
				if _, ok := c.get(k); ok {
					t.Errorf("%d lives after a minute", k)
				}
			}
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		if c.timer != nil {
			t.Error("the timer of an empty cache runs")
		}
	})
}

func TestTheCacheIsSmallAndForgetsAtOnce(t *testing.T) {
	var c cache[int, int]
	for i := range 5 * most {
		c.put(i, i)
	}
	if n := len(c.young) + len(c.old); n > 2*most {
		t.Error(n, "keys")
	}
	c.forget()
	if _, ok := c.get(5*most - 1); ok || c.timer != nil {
		t.Error("not forgotten")
	}
}
