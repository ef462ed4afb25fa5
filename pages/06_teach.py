from ui.learn import teach

teach.page()
