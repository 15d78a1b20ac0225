// Package retain ends retention. When the time that a notice names has passed, the key of that
// bucket is destroyed; from then on no copy of the data opens, in backups included. Late by a day
// is possible, early is not: nothing is destroyed while the clock cannot be believed.
//
// Every step can be repeated: a program that is killed in the middle of a night goes on with it at
// its next start, and the days that it missed are worked through in their order.
package retain
