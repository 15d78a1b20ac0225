//go:build !linux

package clock

import "time"

var start = time.Now()

// sinceBoot is Go's monotonic clock. Where it stops during sleep, waking up raises an alarm that
// an administrator settles.
func sinceBoot() time.Duration { return time.Since(start) }
