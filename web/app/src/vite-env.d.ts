/// <reference types="vite/client" />

declare module 'text:*' {
  const sections: object;
  export default sections;
}
