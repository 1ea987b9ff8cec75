/**
 * Notices that come by Web Push: shown, one a ticket, with the count of unread tickets on the app's icon; a click leads to the ticket.
 *
 * The server has written all of it in the reader's language and sealed it for this device; the count in the title is the server's, so that
 * all devices of a person say the same.
 */
declare const self: ServiceWorkerGlobalScope;

interface Notice {
  title: string;
  body: string;
  tag: string;
  path: string;
  unread: number;
  lang: string;
  dir: NotificationDirection;
}

/** Shows how many tickets have news. */
async function badge(unread: number): Promise<void> {
  const icon: { setAppBadge?: (count: number) => Promise<void>; clearAppBadge?: () => Promise<void> } = self.navigator;
  await (unread > 0 ? icon.setAppBadge?.(unread) : icon.clearAppBadge?.())?.catch(() => undefined);
}

async function show({ title, body, tag, path, unread, lang, dir }: Notice): Promise<void> {
  // What it stands in for was heard of by a sound as well; `renotify` is not in every list of types.
  const options: NotificationOptions & { renotify: boolean } = {
    body,
    tag,
    lang,
    dir,
    renotify: true,
    icon: "/icons/icon-192.png",
    data: { path },
  };
  await Promise.all([self.registration.showNotification(title, options), badge(unread)]);
}

/** The portal at that place: in a window that is there, or a new one. */
async function go(path: string): Promise<void> {
  const target = new URL(path, self.location.origin);
  if (target.origin !== self.location.origin) return;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((client) => new URL(client.url).pathname === target.pathname) ?? windows.find((client) => client.focused) ?? windows[0];
  if (!there) {
    await self.clients.openWindow(target.href);
    return;
  }
  const focused = await there.focus().catch(() => there);
  // A window that this worker does not lead yet cannot be sent anywhere by it.
  await focused.navigate(target.href).catch(() => self.clients.openWindow(target.href));
}

/** Takes away what is shown to somebody who has gone, and tells the push service that nobody is here any more. */
export async function fallSilent(): Promise<void> {
  for (const shown of await self.registration.getNotifications()) shown.close();
  await badge(0);
  const subscription = await self.registration.pushManager?.getSubscription();
  await subscription?.unsubscribe();
}

export function startPush(): void {
  self.addEventListener("push", (event) => {
    const notice = event.data?.json() as Notice | undefined;
    if (notice) event.waitUntil(show(notice));
  });
  self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    const data = event.notification.data as { path?: string } | null;
    event.waitUntil(go(data?.path ?? "/"));
  });
  // The push service has given the device another address: the server is told by whoever is still signed in.
  self.addEventListener("pushsubscriptionchange", (event) => {
    const change = event as ExtendableEvent & { oldSubscription?: PushSubscription; newSubscription?: PushSubscription };
    const renew = async (): Promise<void> => {
      const key = change.oldSubscription?.options.applicationServerKey;
      if (!change.newSubscription && !key) return;
      const subscription = change.newSubscription ?? (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key ?? null }));
      await fetch("/api/push/devices", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(subscription) });
    };
    change.waitUntil(renew());
  });
}
