from ui.learn import sources

sources.page()
