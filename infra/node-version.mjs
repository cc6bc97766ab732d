// Refuses a Node that can't run this project, before it stumbles over TypeScript. Scripts find the Node of the
// packages node-* first in their PATH; where none fits the computer, the user's own. Plain JavaScript for old ones.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Regulars needs Node 22.18 or newer, and this is ${process.versions.node}: no Node comes with the packages for ` +
      `${process.platform} on ${process.arch} (or \`npm ci\` could not fetch it). Install one from https://nodejs.org.`,
  );
  process.exit(1);
}
