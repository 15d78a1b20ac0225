package keystore

// KeysIn returns every key that the KEK kek opens in content, a whole or torn key file: what
// somebody could read who has both.
func KeysIn(content, kek []byte) map[string]bool {
	parts, size, ok := headerParts(content)
	if !ok {
		return nil
	}
	wrapped := parts[4]
	fileKey, err := open(kek, wrapped, content[:size-2-len(wrapped)])
	if err != nil {
		return nil
	}
	c, err := label{}.cabinet("", content[:size], fileKey)
	if err != nil {
		return nil
	}
	s := state{keys: map[string]key{}}
	for rest := content[size:]; len(rest) > 0; c.next++ {
		plain, frame := c.openFrame(rest)
		if plain == nil || s.read(plain) != nil {
			break
		}
		rest = rest[frame:]
	}
	ids := map[string]bool{}
	for id := range s.keys {
		ids[id] = true
	}
	return ids
}

// KEKIn returns the key in a KEK file, whatever became of the rest of it.
func KEKIn(content []byte) []byte {
	if len(content) < 40 {
		return nil
	}
	return content[len(content)-40 : len(content)-8]
}
