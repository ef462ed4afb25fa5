from ui.learn import search

search.page()
