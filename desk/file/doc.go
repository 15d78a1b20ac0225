// Package file decides which files may be sent. It promises that what passes is of an allowed kind by its
// content, whatever its sender calls it; that a picture leaves here without what its camera wrote into it;
// that what a scanner was to look at and did not is not sent; and that a file is never whole in memory.
//
// It knows no contact and stores nothing: it reads what was received and writes what may be kept.
package file
