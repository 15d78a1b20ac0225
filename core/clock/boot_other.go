//go:build !linux

package clock

import "time"

// sinceBoot is Go's monotonic clock. Where it stops during sleep, waking up raises an alarm that
// an administrator settles.
func sinceBoot(start time.Time) time.Duration { return time.Since(start) }
