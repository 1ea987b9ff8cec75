//! The page of components: on the machine of whoever develops, in each language and guise, and nowhere else.

use tests::app::TestApp;

const PLACE: &str = "/design";

#[test]
fn the_page_of_components_shows_them_in_the_guise_that_is_asked_for() {
    pollster::block_on(async {
        let app = TestApp::new();
        for language in ["ru", "en", "ar"] {
            let page = app.anon("acme").header("accept-language", language).get(PLACE).await.expect(200).text();
            assert!(
                page.contains(&format!("lang=\"{language}\"")) && page.contains("entry-note") && page.contains("sla-breached")
            );
        }
        let address = format!("{PLACE}?theme=dark&contrast=more&dir=rtl&accent=%23b3231c");
        let page = app.anon("acme").header("accept-language", "en").get(&address).await.expect(200).text();
        assert!(page.contains("lang=\"en\" dir=\"rtl\" data-theme=\"dark\" data-contrast=\"more\""), "{page}");
        assert!(page.contains("--brand:#b3231c"));
        // An address can say anything: what is no colour and no direction changes nothing.
        let page = app.anon("acme").get(&format!("{PLACE}?dir=up&accent=%7D%3C%2Fstyle%3E")).await.expect(200).text();
        assert!(!page.contains("dir=\"up\"") && !page.contains("}</style>{"));
    });
}

#[test]
fn there_is_no_page_of_components_where_the_product_is_deployed() {
    pollster::block_on(async {
        for environment in ["staging", "production", "loadtest", "dr", ""] {
            let mut app = TestApp::new();
            app.platform.config.environment = environment.to_owned();
            for caller in [app.anon("acme"), app.admin("acme").in_browser()] {
                caller.get(PLACE).await.expect(404);
            }
        }
    });
}
