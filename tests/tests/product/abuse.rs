//! What keeps those away who ask too much, try what is not theirs, or want to be let into other networks.

mod alerts;
mod blocking;
mod headers;
mod in_the_clear;
mod origins;
mod rates;
mod robots;

use tests::app::TestApp;

/// A product that counts requests as a deployment does: tests of anything else may send as many as they like.
fn counting() -> TestApp {
    let mut app = TestApp::new();
    app.platform.config.rate_factor = 1;
    app
}
