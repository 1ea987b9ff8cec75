// The line between a browser and the product, which a test can cut: a service worker has a network of its own, which the debugger's
// "offline" does not reach.
import { once } from "node:events";
import { connect, createServer } from "node:net";

/** A port of its own before the product's; ends with `end()`. */
export async function lineTo(port) {
  const sockets = new Set();
  let isCut = false;
  const server = createServer((near) => {
    sockets.add(near);
    near.on("close", () => sockets.delete(near)).on("error", () => near.destroy());
    if (isCut) return near.destroy();
    const far = connect(port, "127.0.0.1");
    far.on("error", () => near.destroy()).on("close", () => near.destroy());
    near.on("close", () => far.destroy());
    near.pipe(far).pipe(near);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const drop = () => sockets.forEach((socket) => socket.destroy());
  return {
    port: server.address().port,
    /** From here on nothing comes through, and the pages of `context` know it. */
    async cut(context) {
      isCut = true;
      drop();
      await context.setOffline(true);
    },
    async mend(context) {
      isCut = false;
      await context?.setOffline(false);
    },
    async end() {
      drop();
      server.close();
      await once(server, "close");
    },
  };
}
