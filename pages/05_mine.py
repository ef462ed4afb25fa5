from ui.learn import mine

mine.page()
