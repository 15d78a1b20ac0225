import { type ComponentProps, lazy, Suspense } from 'react';

// Most chats take no files: what files need is loaded with the first one.

const Panel = lazy(() => import('./AttachPanel'));
const Link = lazy(() => import('./FileLink'));

export const AttachPanel = (props: ComponentProps<typeof Panel>) => (
  <Suspense fallback={null}>
    <Panel {...props} />
  </Suspense>
);

/** Until it can be saved, the file's name is there. */
export const FileLink = (props: ComponentProps<typeof Link>) => (
  <Suspense fallback={<p>{props.file.name}</p>}>
    <Link {...props} />
  </Suspense>
);
