// Package keystore keeps the bucket keys of an authority and its journal outside every database.
// It promises two things across any crash: a key that was handed out is not lost while one store
// stands, and a key that was dropped cannot be read from any copy of any key file once the turn
// that dropped it has returned.
//
// The threat it does not cover: a copy of a key-encryption key that was taken while it lived.
package keystore
