// Package people knows the staff. It promises that every member of staff has an account of their
// own, that a password is held only as an argon2id hash sealed under the staff accounts' notice, that
// administrators and officers sign in with a code device as well, and that a sign-in ends when its
// time, its account or its grants end (S4-17, S4-20).
//
// Whether a username exists is not told: an unknown one gets the same answer after the same time.
// Guessing is slowed down for each account and each address, and never locks anybody out for good.
//
// What staff may do is in core/access; accounts are written here.
package people
