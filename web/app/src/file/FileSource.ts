import { createContext, useContext } from 'react';

/** Fetches the file of message `n` of the conversation that is shown. */
export type Fetch = (n: number) => Promise<Blob>;

export const FileSource = createContext<Fetch | null>(null);

export const useFileSource = () => useContext(FileSource);
