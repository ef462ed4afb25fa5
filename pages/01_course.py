from ui.learn import overview

overview.page()
