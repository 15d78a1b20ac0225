// Package audit remembers who did what to whose data. An entry is written in the transaction
// that it tells about, so nothing is read without it; within a second it is a numbered leaf of a
// Merkle tree whose signed checkpoints lie outside the database, so an entry that is altered or
// missing before its time is found by Verify. An entry ends with its own retention, as the notice
// `audit-log` says, and every proof still holds afterwards: the leaf is a salted hash.
//
// The tree is RFC 6962's, laid out as the tiles of C2SP tlog-tiles; FORMAT.md gives every byte.
package audit
