/**
 * The browser's part of every page. Each page works without it; what is here makes it quick and safe to work in.
 *
 * Parts find their own elements by `data-` attributes and do nothing where there are none. `start` runs again for every piece of
 * page that is swapped in.
 */
import htmx from "htmx.org";
import { startAnswers } from "./parts/answers";
import { startBoard } from "./parts/board";
import { startBulk } from "./parts/bulk";
import { startClocks } from "./parts/clocks";
import { startCommandDialogs } from "./parts/command-dialogs";
import { startComposers } from "./parts/composer";
import { startDialogs } from "./parts/dialogs";
import { startEndless } from "./parts/endless";
import { startFileInto } from "./parts/file-into";
import { startForward } from "./parts/forward";
import { startForwarding } from "./parts/forwarding";
import { startInstalled } from "./parts/installed";
import { showKeys, startKeys } from "./parts/keys";
import { startLive } from "./parts/live";
import { startMarkdown } from "./parts/markdown";
import { startMentions } from "./parts/mentions";
import { startMenus } from "./parts/menus";
import { startNames } from "./parts/names";
import { startOlder } from "./parts/older";
import { startRecent } from "./parts/opened";
import { startPalette } from "./parts/palette";
import { startPane } from "./parts/pane";
import { startPanels, startPanelsLive } from "./parts/panels";
import { startPasskeys } from "./parts/passkeys";
import { startPending } from "./parts/pending";
import { startPull } from "./parts/pull";
import { startNews, startPush } from "./parts/push";
import { startRows } from "./parts/rows";
import { startSays } from "./parts/says";
import { startShared } from "./parts/shared";
import { startShortcuts } from "./parts/shortcuts";
import { startSplit } from "./parts/split";
import { startSortable } from "./parts/sortable";
import { startSuggestions } from "./parts/suggestions";
import { startTabs } from "./parts/tabs";
import { startSwipes } from "./parts/swipes";
import { startTheme } from "./parts/theme";
import { startTimes } from "./parts/times";
import { startUploads } from "./parts/uploads";
import { startViews } from "./parts/views";
import { startWaiting } from "./parts/waiting";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.scrollBehavior = "instant";
// "Back" asks the server: pages hold other people's words, and what is kept of them is for the service worker to say (sw/pages.ts).
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;

function start(root: ParentNode): void {
  startTimes(root);
  startClocks(root);
  startBulk(root);
  startComposers(root);
  startUploads(root);
  startShared(root);
  startMarkdown(root);
  startDialogs(root);
  startRows(root);
  startOlder(root);
  startPasskeys(root);
  startPush(root);
  startForward(root);
  startForwarding(root);
  startMentions(root);
  endless(root);
  boards(root);
  startPending(root);
  startPalette(root);
  startShortcuts(root);
  showKeys(root);
  startNames(root);
  startSuggestions(root);
  startFileInto(root);
  startPanels(root, start);
  startSortable(root);
  startSays(root);
}

const endless = startEndless(start);
const boards = startBoard(start);

startTheme();
startAnswers();
startMenus();
startKeys();
start(document);
startPane(start);
startPanelsLive(start);
startViews();
startTabs();
startRecent();
startSplit();
startLive(start);
startCommandDialogs(start);
startWaiting();
startSwipes();
startPull();
void startInstalled();
startNews();
document.body.addEventListener("htmx:load", (event) => {
  const target = event.target;
  if (target instanceof HTMLElement && target !== document.body) start(target.parentElement ?? target);
});

// What was pressed before this script had come waits in the page's head (shared/base.hbs): a question is asked before anything is deleted.
document.documentElement.classList.add("started");
window.dispatchEvent(new Event("workernet:started"));
